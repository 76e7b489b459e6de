// The package declares no types for its single dictionaries.
declare module 'opencc-js/dict/STCharacters' {
  const dictionary: string;
  export default dictionary;
}
