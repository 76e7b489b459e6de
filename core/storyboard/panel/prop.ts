// Things as pictures: a drawing for the kinds of props that dramas live on, a plain parcel for the rest.
import { n } from './frame.ts';

const line = 'stroke="#2a2622" stroke-width="1" stroke-linejoin="round"';

/** Each in a square of 40 around the middle. Of several kinds a name has words of, the last word says what it is: 银针 is a needle. */
const kinds: readonly (readonly [string, RegExp, string])[] = [
  [
    'pl',
    /灯|烛|lantern|lamp|candle/i,
    '<path d="M-3-17H3V-13H-3Z" fill="#5b4632"/><path d="M-9-13H9Q14-2 9 9H-9Q-14-2-9-13Z" fill="#e9a23b"/><path d="M-4-13Q-7-2-4 9M4-13Q7-2 4 9M0 9V17M-3 17H3" fill="none"/>',
  ],
  [
    'pp',
    /手机|电话|phone/i,
    '<rect x="-8" y="-16" width="16" height="32" rx="2.5" fill="#39414d"/><path d="M-6-12H6V10H-6Z" fill="#bcd4e6"/><circle cy="13" r="1.4" fill="#fff"/>',
  ],
  [
    'pe',
    /信|纸|书信|遗书|文书|合同|协议|报告|诏|圣旨|状|单|票|letter|paper|contract|report|document|note/i,
    '<path d="M-12-15H7L12-10V15H-12Z" fill="#fbf7ec"/><path d="M7-15V-10H12M-8-8H4M-8-3H8M-8 2H8M-8 7H3" fill="none"/>',
  ],
  [
    'pb',
    /书|册|卷|谱|日记|账|本|book|diary|journal|ledger/i,
    '<path d="M0-10Q-8-15-16-11V11Q-8 7 0 12 8 7 16 11V-11Q8-15 0-10Z" fill="#f3ead7"/><path d="M0-10V12" fill="none"/>',
  ],
  [
    'ps',
    /剑|刀|匕|斧|枪尖|戟|sword|knife|dagger|blade|axe/i,
    '<path d="M-2.4 6-2-17 0-20 2-17 2.4 6Z" fill="#cfd6dc"/><path d="M-8 6H8V9H-8Z" fill="#8a6a35"/><path d="M-2 9H2V18H-2Z" fill="#5b4632"/>',
  ],
  ['pg', /枪|炮|gun|pistol|rifle/i, '<path d="M-17-8H14V-1H0L-2 3H-7L-10 13H-16L-13-1H-17Z" fill="#5d646b"/>'],
  [
    'pr',
    /戒|环|镯|项链|ring|bracelet|necklace/i,
    '<circle cy="4" r="10" fill="none" stroke-width="4" stroke="#2a2622"/><circle cy="4" r="10" fill="none" stroke-width="2.4" stroke="#e0b54a"/><path d="M-5-8 0-15 5-8 0-4Z" fill="#bfe3ea"/>',
  ],
  [
    'pj',
    /玉|佩|璧|jade|pendant|amulet/i,
    '<path d="M0-18V-12" fill="none"/><circle cy="2" r="13" fill="#8dc3a0"/><circle cy="2" r="4" fill="#f5f2ea"/><path d="M0 15V19" fill="none"/>',
  ],
  [
    'pk',
    /钥匙|锁|key|lock/i,
    '<circle cx="-9" r="6.5" fill="#d9b04c"/><circle cx="-9" r="2.4" fill="#f5f2ea"/><path d="M-3-1.6H16V6H12V2H9V5H6V1.6H-3Z" fill="#d9b04c"/>',
  ],
  [
    'pc',
    /杯|茶|酒|碗|壶|盏|药|汤|瓶|cup|tea|wine|bowl|glass|bottle|medicine|potion/i,
    '<path d="M-11-6H9V6Q9 14-1 14-11 14-11 6Z" fill="#dfe7ea"/><path d="M9-3Q17-3 16 3 15 8 9 7M-6-10Q-8-13-5-16M2-10Q0-13 3-16" fill="none"/>',
  ],
  [
    'pm',
    /钱|银|金|铜|币|票子|coin|money|gold|silver|cash|wallet/i,
    '<circle r="13" fill="#d9b04c"/><path d="M-4-4H4V4H-4Z" fill="#f5f2ea"/>',
  ],
  [
    'px',
    /盒|匣|箱|包|袋|box|case|bag|suitcase|chest|parcel|package/i,
    '<path d="M-14-7H14V14H-14Z" fill="#b98a54"/><path d="M-16-13H16V-6H-16Z" fill="#a37645"/><path d="M-3-9H3V0H-3Z" fill="#e2c27c"/>',
  ],
  [
    'pf',
    /照片|画|像|图|镜|photo|picture|painting|portrait|map|mirror/i,
    '<path d="M-14-14H14V14H-14Z" fill="#a37645"/><path d="M-10-10H10V10H-10Z" fill="#eef2ee"/><path d="M-10 8-3-2 2 4 5 1 10 8V10H-10Z" fill="#9fb4a3"/>',
  ],
  [
    'pn',
    /针|簪|钗|笔|箭|needle|hairpin|pen\b|pencil|arrow|brush/i,
    '<path d="M-14 13-1-1 0 0-13 14Z" fill="#5b4632"/><path d="M-1-1 12-15 15-12 0 0Z" fill="#cfd6dc"/>',
  ],
  [
    'pu',
    /伞|umbrella/i,
    '<path d="M-17 0Q-15-16 0-16 15-16 17 0 11-4 8 0 4-4 0 0-4-4-8 0-11-4-17 0Z" fill="#c8503c"/><path d="M0-16V13Q0 18 5 16" fill="none"/>',
  ],
  [
    'pv',
    /(?<![水纺风])车|马|船|轿|car\b|truck|bus\b|horse|boat|ship|bike/i,
    '<path d="M-18 6V-1L-12-3-7-11H7L12-3 18 0V6Z" fill="#8898a8"/><circle cx="-9" cy="7" r="4" fill="#39414d"/><circle cx="9" cy="7" r="4" fill="#39414d"/>',
  ],
  [
    'pd',
    /衣|袍|裙|披风|服|帽|鞋|dress|coat|robe|shirt|hat\b|shoe/i,
    '<path d="M-6-15Q0-11 6-15L16-9 12 0 8-2V16H-8V-2L-12 0-16-9Z" fill="#b4768a"/>',
  ],
  [
    'ph',
    /花|草|叶|flower|rose|leaf|herb/i,
    '<path d="M0 18V0" fill="none"/><g fill="#d9788a"><circle cy="-10" r="5"/><circle cx="7" cy="-4" r="5"/><circle cx="-7" cy="-4" r="5"/><circle cx="4" cy="3" r="5"/><circle cx="-4" cy="3" r="5"/></g><circle cy="-3" r="4" fill="#e9c04b"/>',
  ],
];
const plain = '<path d="M-12-8 0-14 12-8V8L0 14-12 8Z" fill="#d8cbb4"/><path d="M-12-8 0-2 12-8M0-2V14" fill="none"/>';

export const propSymbols = [...kinds.map(([id, , drawing]) => [id, drawing] as const), ['pz', plain] as const]
  .map(([id, drawing]) => `<g id="${id}" ${line}>${drawing}</g>`)
  .join('');

/** A prop by its name, `size` units across. */
export function prop(name: string, x: number, y: number, size: number): string {
  const kind = kindOf(name);
  return `<use href="#${kind}" transform="translate(${n(x)} ${n(y)}) scale(${Math.round((size / 40) * 100) / 100})"/>`;
}

function kindOf(name: string): string {
  let [kind, end] = ['pz', -1];
  for (const [id, words] of kinds)
    for (const hit of name.matchAll(new RegExp(words.source, 'gi')))
      if (hit.index + hit[0].length > end) [kind, end] = [id, hit.index + hit[0].length];
  return kind;
}
