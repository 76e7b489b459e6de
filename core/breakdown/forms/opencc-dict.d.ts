/** The package types its presets alone; one dictionary is a tenth of a preset. "繁 简|繁 简|…" */
declare module 'opencc-js/dict/TSCharacters' {
  const entries: string;
  export default entries;
}
