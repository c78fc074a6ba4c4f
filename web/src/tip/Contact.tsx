import { say } from '../say/say.ts';

type Known = { name: string; phone: string };

/** Only who wants to be reached opens this. What is written is sealed to a key that no server holds. */
export function Contact({ contact, change }: { contact: Known; change: (contact: Known) => void }) {
  return (
    <details className="contact">
      <summary>{say({ zh: '希望有人联系我（可不填）', en: 'I would like to be reached (optional)' })}</summary>
      <p className="quiet">{say({ zh: '加密封存，任何工作人员和服务器都读不到；查处进度用查询码就够了。', en: 'Sealed at once: no staff and no server can read it. The claim code is enough to follow your report.' })}</p>
      <label className="field"><span>{say({ zh: '称呼', en: 'Name' })}</span>
        <input className="input" autoComplete="off" maxLength={50} value={contact.name} onChange={(e) => change({ ...contact, name: e.target.value })} /></label>
      <label className="field"><span>{say({ zh: '手机号', en: 'Phone' })}</span>
        <input className="input" type="tel" inputMode="tel" autoComplete="off" maxLength={20} value={contact.phone} placeholder="+8613800000000" onChange={(e) => change({ ...contact, phone: e.target.value })} /></label>
    </details>
  );
}
