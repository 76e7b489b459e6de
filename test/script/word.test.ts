// Word and Final Draft files: what is script in them and what is not.
import { describe, expect, it } from 'vitest';
import { parse } from '../../core/script/index.ts';
import { wordOf, wordXml, zipOf } from './files.ts';
import { outline } from './outline.ts';

const run = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
const paragraph = (inner: string) => `<w:p>${inner}</w:p>`;
const word = (...paragraphs: string[]) => zipOf({ 'word/document.xml': wordXml(paragraphs.map(paragraph).join('')) });

const SCRIPT = ['第1集', '1-1 日 内 客厅', '人物：甲、乙', '△甲走。', '甲（笑）：走吧。'];
const OUTLINE = ['E1', 'S1-1 INT DAY 客厅 [甲 乙]', 'action 甲走。', '甲(笑) 走吧。'];

describe('a Word file', () => {
  it('is read paragraph by paragraph', async () => {
    const document = await parse(await wordOf(SCRIPT), 'a.docx');
    expect(outline(document)).toEqual(OUTLINE);
    expect(document.format).toBe('docx');
  });

  it('is known by its content, whatever it is called', async () => {
    expect((await parse(await wordOf(SCRIPT), 'a.txt')).format).toBe('docx');
  });

  it('may have its script in a table, cell by cell', async () => {
    const document = await parse(
      await wordOf([
        ['第1集', '1-1 日 内 客厅'],
        ['△甲走。', '甲：走吧。'],
      ]),
      'a.docx',
    );
    expect(outline(document)).toEqual(['E1', 'S1-1 INT DAY 客厅', 'action 甲走。', '甲 走吧。']);
  });

  it('may be a shot list, whose columns say what each cell is', async () => {
    const table = [
      ['镜号', '景别', '画面', '台词', '导演意见'],
      ['1', '全景', '张三推门进来。', '张三：我回来了。', '要快'],
    ];
    const rows = table.map(
      (cells) => `<w:tr>${cells.map((cell) => `<w:tc>${paragraph(run(cell))}</w:tc>`).join('')}</w:tr>`,
    );
    const body = ['第1集', '1-1 日 内 家'].map((line) => paragraph(run(line))).join('');
    const file = zipOf({ 'word/document.xml': wordXml(`${body}<w:tbl>${rows.join('')}</w:tbl>`) });
    expect(outline(await parse(file, 'a.docx'))).toEqual([
      'E1',
      'S1-1 INT DAY 家',
      'shot 镜号：1',
      'shot 景别：全景',
      'action 张三推门进来。',
      '张三 我回来了。',
      'note | 导演意见 | 要快 |',
    ]);
  });

  it('is as it reads with all changes accepted: joined where the end of a paragraph was deleted', async () => {
    const file = word(
      run('第1集'),
      run('1-1 日 内 客厅'),
      `<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>${run('甲：走')}`,
      run('吧。'),
      `<w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del>${run('乙：删了。')}</w:del>`,
      `<w:moveFrom>${run('丙：旧。')}</w:moveFrom><w:moveTo>${run('丙：新。')}</w:moveTo>`,
    );
    expect(outline(await parse(file, 'a.docx')).slice(2)).toEqual(['甲 走吧。', '丙 新。']);
  });

  it('leaves out hidden text and how a character is pronounced', async () => {
    const hidden = `<w:r><w:rPr><w:vanish/></w:rPr><w:t>别念</w:t></w:r>`;
    const ruby = `<w:r><w:ruby><w:rt>${run('zǒu')}</w:rt><w:rubyBase>${run('走')}</w:rubyBase></w:ruby></w:r>`;
    const document = await parse(
      word(run('第1集'), run('1-1 日 内 客厅'), `${run('甲：')}${hidden}${ruby}${run('吧。')}`),
      'a.docx',
    );
    expect(outline(document)[2]).toBe('甲 走吧。');
    expect(document.warnings.at(-1)?.message).toContain('隐藏文字');
  });

  it('keeps other tables as notes, row by row', async () => {
    const document = await parse(await wordOf([...SCRIPT, ['集', '时长'], '△乙来。', '乙：好。']), 'a.docx');
    expect(outline(document)).toEqual([...OUTLINE, 'note | 集 | 时长 |', 'action 乙来。', '乙 好。']);
  });

  it('joins the runs of a paragraph; a line break in it is a new line', async () => {
    const file = word(
      run('第1集'),
      run('1-1 日 内 客厅'),
      `${run('甲：')}${run('走')}${run('吧。')}<w:r><w:br/></w:r>${run('乙：好。')}`,
    );
    expect(outline(await parse(file, 'a.docx'))).toEqual(['E1', 'S1-1 INT DAY 客厅', '甲 走吧。', '乙 好。']);
  });

  it('leaves out what was deleted, fields and comments, and keeps what was inserted', async () => {
    const file = word(
      run('第1集'),
      run('1-1 日 内 客厅'),
      `${run('甲：')}<w:del>${run('不')}<w:r><w:delText>不</w:delText></w:r></w:del><w:ins>${run('走')}</w:ins>${run('。')}<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:commentReference/></w:r>`,
    );
    const document = await parse(file, 'a.docx');
    expect(outline(document)).toEqual(['E1', 'S1-1 INT DAY 客厅', '甲 走。']);
    expect(document.warnings.find(({ code }) => code === 'docx_skipped')?.message).toContain('批注');
  });

  it('says what it left out in the language of the script', async () => {
    const file = word(run('INT. HOUSE - DAY'), `${run('He waits.')}<w:r><w:commentReference/></w:r>`);
    const { warnings } = await parse(file, 'a.docx');
    expect(warnings.map(({ message }) => message)).toEqual(['Not read as script: comments of the Word file.']);
  });

  it('shows by indents who speaks in an English script without empty lines', async () => {
    const at = (left: number, text: string) => `<w:pPr><w:ind w:left="${left}"/></w:pPr>${run(text)}`;
    const styled = (style: string, text: string) => `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>${run(text)}`;
    const file = word(
      run('EXT. STREET - DAY'),
      run('Emma waits.'),
      at(2880, 'EMMA'),
      at(1440, 'Hello?'),
      run('A car passes by.'),
      at(2880, 'LUCAS'),
      at(2160, '(cold)'),
      at(1440, 'Bye.'),
      `<w:pPr><w:ind w:firstLine="720"/></w:pPr>${run('The end of the road is empty. A dog barks.')}`,
      styled('Character', 'EMMA'),
      styled('Dialogue', 'Bye.'),
      run('Nobody is there.'),
    );
    expect(outline(await parse(file, 'a.docx'))).toEqual([
      '(E1)',
      'S1 EXT DAY STREET',
      'action Emma waits.',
      'EMMA Hello?',
      'action A car passes by.',
      'LUCAS(cold) Bye.',
      'action The end of the road is empty. A dog barks.',
      'EMMA Bye.',
      'action Nobody is there.',
    ]);
  });

  it('reads a Chinese script the same however far its paragraphs are set in', async () => {
    const lines = SCRIPT.map((line, index) => `<w:pPr><w:ind w:left="${index * 720}"/></w:pPr>${run(line)}`);
    expect(outline(await parse(word(...lines), 'a.docx'))).toEqual(OUTLINE);
  });

  it('reads text boxes once, though the file holds them twice', async () => {
    const box = `<w:txbxContent><w:p>${run('△甲走。')}</w:p></w:txbxContent>`;
    const file = word(
      run('第1集'),
      run('1-1 日 内 客厅'),
      `<w:r><mc:AlternateContent><mc:Choice>${box}</mc:Choice><mc:Fallback>${box}</mc:Fallback></mc:AlternateContent></w:r>`,
    );
    expect(outline(await parse(file, 'a.docx'))).toEqual(['E1', 'S1-1 INT DAY 客厅', 'action 甲走。']);
  });

  it('ends a speech where its paragraph ends, when name and words are one', async () => {
    const said = (...lines: string[]) => lines.map((line) => `<w:t>${line}</w:t>`).join('<w:br/>');
    const file = word(
      run('INT. OFFICE - DAY'),
      run('Mia enters.'),
      `<w:r>${said('MIA', 'I need this job.')}</w:r>`,
      run('Ethan looks up.'),
      `<w:r>${said('ETHAN', '(cold)', 'Then sign.')}</w:r>`,
      `<w:r>${said('MIA', 'Never.')}</w:r>`,
      run('She leaves.'),
    );
    expect(outline(await parse(file, 'a.docx')).slice(2)).toEqual([
      'action Mia enters.',
      'MIA I need this job.',
      'action Ethan looks up.',
      'ETHAN(cold) Then sign.',
      'MIA Never.',
      'action She leaves.',
    ]);
  });

  it('reads characters written as references', async () => {
    const file = word(run('第1集'), run('1-1 日 内 客厅'), run('甲：A &amp; B &lt;&#20320;&gt;'));
    expect(outline(await parse(file, 'a.docx'))).toContain('甲 A & B <你>');
  });
});

const fdx = (paragraphs: string, more = '') =>
  Buffer.from(
    `<?xml version="1.0"?>\n<FinalDraft DocumentType="Script"><Content>${paragraphs}</Content>${more}</FinalDraft>`,
  );
const p = (type: string, text: string, inside = '') =>
  `<Paragraph Type="${type}">${inside}<Text>${text}</Text></Paragraph>`;

describe('a Final Draft file', () => {
  it('says itself what each paragraph is', async () => {
    const file = fdx(
      p('Scene Heading', 'EXT. PARK--DAY') +
        p('Action', 'Rain.') +
        p('Character', 'JOHN (V.O.)') +
        p('Parenthetical', '(softly)') +
        p('Dialogue', 'Hello.') +
        p('Character', 'JOHN') +
        p('Dialogue', 'Bye.') +
        p('Transition', 'CUT TO:') +
        p('Shot', 'ANGLE ON the door'),
    );
    expect(outline(await parse(file, 'a.fdx'))).toEqual([
      '(E1)',
      'S1 EXT DAY PARK',
      'action Rain.',
      'JOHN/VO(softly) Hello.',
      'JOHN Bye.',
      'transition CUT TO:',
      'shot ANGLE ON the door',
    ]);
  });

  it('joins the runs of a paragraph and takes the number of a scene', async () => {
    const file = fdx(
      '<Paragraph Type="Scene Heading" Number="12A"><SceneProperties><Paragraph/></SceneProperties><Text>INT. </Text><Text Style="Bold">HOUSE</Text><Text> - NIGHT</Text></Paragraph>' +
        p('Action', 'He &amp; she.'),
    );
    expect(outline(await parse(file, 'a.fdx'))).toEqual(['(E1)', 'S12A INT NIGHT HOUSE', 'action He & she.']);
  });

  it('lists whole names, blanks within them', async () => {
    const file = fdx(
      p('Scene Heading', 'INT. A - DAY') + p('Scene Characters', 'MARY JANE') + p('Cast List', 'ANN, BOB LEE'),
    );
    expect((await parse(file, 'a.fdx')).episodes[0]!.scenes[0]!.cast).toEqual(['MARY JANE', 'ANN', 'BOB LEE']);
  });

  it('reads both sides of a dual dialogue', async () => {
    const dual = `<Paragraph><DualDialogue>${p('Character', 'A')}${p('Dialogue', 'One.')}${p('Character', 'B')}${p('Dialogue', 'Two.')}</DualDialogue></Paragraph>`;
    expect(outline(await parse(fdx(p('Scene Heading', 'INT. A - DAY') + dual), 'a.fdx')).slice(2)).toEqual([
      'A One.',
      'B Two.',
    ]);
  });

  it('keeps what stands beside a dual dialogue', async () => {
    const side = (name: string) => `<DualDialogue>${p('Character', name)}${p('Dialogue', 'Yes.')}</DualDialogue>`;
    const file = fdx(
      `${p('Scene Heading', 'INT. A - DAY')}<Paragraph Type="Action"><Text>They nod.</Text>${side('A')}${side('B')}</Paragraph>`,
    );
    expect(outline(await parse(file, 'a.fdx')).slice(2)).toEqual(['action They nod.', 'A Yes.', 'B Yes.']);
  });

  it('has who sings, and says what is sung', async () => {
    const file = fdx(
      p('Scene Heading', 'INT. A - DAY') +
        p('Singing', 'La.') +
        p('Character', 'ANN') +
        p('Parenthetical', '(low)') +
        p('Singing', 'La la.') +
        p('Singing', 'Lo.') +
        p('Dialogue', 'Enough.') +
        p('Parenthetical', '(loud)') +
        p('Singing', 'Li.') +
        p('Parenthetical', '(bows)'),
    );
    const [scene] = (await parse(file, 'a.fdx')).episodes[0]!.scenes;
    expect(
      scene!.elements.slice(1).map(({ kind, text, speakers, paren }) => ({ kind, text, speakers, paren })),
    ).toEqual([
      { kind: 'lyric', text: 'La.', speakers: undefined, paren: undefined },
      { kind: 'lyric', text: 'La la.\nLo.', speakers: ['ANN'], paren: 'low' },
      { kind: 'dialogue', text: 'Enough.', speakers: ['ANN'], paren: undefined },
      { kind: 'lyric', text: 'Li.', speakers: ['ANN'], paren: 'loud; bows' },
    ]);
  });

  it('with kinds of paragraphs that its writer made: said under a cue, done elsewhere; acts and outlines are notes', async () => {
    const file = fdx(
      p('End of Act', 'END OF ACT ONE') +
        p('Scene Heading', 'INT. A - DAY') +
        p('Outline Body', 'Ann learns it.') +
        p('Text Message', 'A phone lights up.') +
        p('Character', 'ANN') +
        p('Text Message', 'Where are you?') +
        p('Scene Heading', 'Omitted'),
    );
    expect(outline(await parse(file, 'a.fdx'))).toEqual([
      '(E1)',
      'note END OF ACT ONE',
      'S1 INT DAY A',
      'note Ann learns it.',
      'action A phone lights up.',
      'ANN Where are you?',
      'note Omitted',
    ]);
  });

  it('takes the title from the title page, and nothing from lists and notes', async () => {
    const file = fdx(
      p('Scene Heading', 'INT. A - DAY') +
        p('Action', 'He goes.', '<ScriptNote><Paragraph><Text>a note</Text></Paragraph></ScriptNote>'),
      `<TitlePage><Content>${p('Action', 'The Title')}${p('Action', 'by Somebody')}</Content></TitlePage><SmartType><Characters><Character>NOBODY</Character></Characters></SmartType>`,
    );
    const document = await parse(file, 'a.fdx');
    expect(document.title).toBe('The Title');
    expect(outline(document)).toEqual(['(E1)', 'S1 INT DAY A', 'action He goes.']);
    expect(document.notes.map(({ text }) => text)).toEqual(['The Title', 'by Somebody']);
  });

  it('is read in UTF-16 too', async () => {
    const file = Buffer.from(
      `\ufeff${fdx(p('Scene Heading', 'INT. 家 - DAY') + p('Action', '他走了。')).toString()}`,
      'utf16le',
    );
    expect(outline(await parse(file, 'a.fdx'))).toEqual(['(E1)', 'S1 INT DAY 家', 'action 他走了。']);
  });
});
