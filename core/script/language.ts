// Which language a text is in.

/** Chinese when at least one letter in ten is a Chinese character; looks at the beginning, the middle and the end. */
export function languageOf(text: string): 'zh' | 'en' {
  const third = Math.max(0, Math.floor(text.length / 2) - 5_000);
  const sample = text.slice(0, 10_000) + text.slice(third, third + 10_000) + text.slice(-10_000);
  const chinese = sample.match(/[\u3400-\u9fff]/g)?.length ?? 0;
  const latin = sample.match(/[A-Za-z]/g)?.length ?? 0;
  return chinese > 0 && chinese * 9 >= latin ? 'zh' : 'en';
}
