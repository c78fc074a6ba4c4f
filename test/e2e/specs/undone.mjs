// A slip of the finger is taken back within ten seconds, and the server never hears of it.
import { given, play } from '../drivers/browser.mjs';
import { desk } from '../drivers/office.mjs';

await play(async (person) => {
  const page = await person('the dispatcher', { language: 'en-GB' }), queue = desk(page);
  await queue.open(given.dispatcher);
  await queue.find(given.words);
  await queue.press('v');
  await queue.undoOffered();
  await queue.gone(given.words);
  await queue.press('u');
  await queue.there(given.words);
});
