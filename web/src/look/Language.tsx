import { language, speak } from '../say/say.ts';

/** Switches the page between Chinese and English; it is named in the other language. */
export function LanguageSwitch() {
  const other = language() === 'zh' ? 'en' : 'zh';
  return <button type="button" className="button plain" lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => speak(other)}>{other === 'zh' ? '中文' : 'English'}</button>;
}
