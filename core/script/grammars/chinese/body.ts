// Reads the script itself. The survey has found the headings; this opens episodes and scenes at them, and knows where an episode
// has ended and what stands between two scripts or behind the last one. The lines of a scene are content.ts.
import type { Assembly } from '../../assembly.ts';
import { Content } from './content.ts';
import { Elements } from './elements.ts';
import { endLine } from './episode.ts';
import { castMembers } from './field.ts';
import { readFront, sectionOf, titleOf } from './front.ts';
import type { Mark } from './mark.ts';
import { isRule, unmarked } from './markdown.ts';
import { Speech } from './speech.ts';
import { isTriangle } from './triangle.ts';

const AFTER =
  /^(?:[#*\s【[（(]*)(?:附|附录|附件|附表|道具(?:清单|表|列表)|时长(?:统计|表|分配)|拍摄(?:说明|备注|要点|注意事项)|制作(?:说明|备注|要点)|场景(?:清单|表|统计)|人物(?:清单|统计)|服装(?:清单|表)|角色(?:清单|统计表)|创作(?:说明|思路)|(?:编剧|写作)说明|统计)(?:$|[：:一二三四五六七八九十】）)\s])/;

const TIMECODE = /^[0-9]{1,2}:[0-9]{2}:[0-9]{2}[,.][0-9]{1,3}\s*-->\s*[0-9:,.]+$/;
/** 以上就是第1集的剧本，需要我继续写第2集吗？ — what a chat says of what it wrote. */
const REMARK =
  /^(?:以上[就便]?[是为]|希望(?:这|以上|您|你)|(?:如果?|若)(?:您|你)?(?:需要|想|觉得|希望|有)|如需|(?:是否|要不要)?需要我|要不要我|请告诉我|请问(?:您|你))/;
const OF_SCRIPT =
  /剧本|脚本|大纲|分镜|(?:前|后|下|第)[0-9一二三四五六七八九十两]*[集场]|继续(?:写|创作|生成)|修改|调整|告诉我/;

/** The episode that a scene number tells: 3-1 → 3. */
function prefixOf(mark: Mark): number[] {
  const prefix = mark.kind === 'scene' ? /^([0-9]+)[-.][0-9]/.exec(mark.slug.number)?.[1] : undefined;
  return prefix === undefined ? [] : [Number(prefix)];
}

export class Body {
  readonly #assembly: Assembly;
  readonly #speech: Speech;
  readonly #elements: Elements;
  readonly #content: Content;
  readonly #marks: readonly Mark[];
  readonly #byNumber: boolean;
  readonly #numbers = new Set<string>();
  #next = 0;
  /** Behind an end mark: of an episode, or of the script. */
  #ended: 'no' | 'episode' | 'script' = 'no';
  #lastNumber = '';
  #written: number | undefined;

  constructor(assembly: Assembly, marks: readonly Mark[]) {
    this.#assembly = assembly;
    this.#speech = new Speech(assembly.source);
    this.#elements = new Elements(assembly, this.#speech);
    this.#content = new Content(assembly, this.#speech, this.#elements, (at) => this.#marks[this.#next]?.at === at);
    this.#marks = marks;
    const episodes = marks.flatMap((mark) => (mark.episode === undefined ? [] : [mark.episode.number]));
    this.#byNumber = episodes.length === 0;
    assembly.reserve(this.#byNumber ? marks.flatMap(prefixOf) : episodes);
  }

  /** People named on cast lines and in biographies. */
  get known(): Set<string> {
    return this.#speech.known;
  }

  /** Whether neither a heading nor the number of a scene says which episode it is. */
  get isUndivided(): boolean {
    return this.#byNumber && !this.#marks.some((mark) => prefixOf(mark).length > 0);
  }

  /** Reads all lines from index `from` to the end. */
  read(from: number): void {
    const count = this.#assembly.source.lines.length;
    for (let at = from; at < count; ) at = this.#mark(at) ?? this.#line(at);
    this.#closeScene();
    this.#elements.close();
  }

  /** Reads a heading at `at`; returns the index after it. */
  #mark(at: number): number | undefined {
    const mark = this.#marks[this.#next];
    if (mark?.at !== at) return undefined;
    this.#next++;
    this.#ended = 'no';
    this.#closeScene();
    if (mark.kind === 'episode') {
      this.#openEpisode(at, mark.episode.number, mark.episode.title);
      this.#assembly.addOutside('episode', unmarked(this.#assembly.source.lines[at]!), at);
      return at + 1;
    }
    const number = mark.episode?.number ?? (this.#byNumber ? prefixOf(mark)[0] : undefined);
    if (number !== undefined && number !== this.#written) this.#openEpisode(at, number, '');
    const scene = this.#assembly.openScene(mark.slug, mark.at, mark.to);
    this.#checkNumber(mark.slug.number, at);
    if (mark.slug.timeText !== '' && mark.slug.time === 'UNKNOWN') {
      this.#assembly.warnings.add('unknown_time', { time: mark.slug.timeText }, scene.line);
    }
    if (mark.cast !== '') this.#elements.list(castMembers(mark.cast).names, mark.cast);
    return mark.to + 1;
  }

  #openEpisode(at: number, number: number, title: string): void {
    const before = this.#written;
    this.#written = number;
    const { warnings, source } = this.#assembly;
    if (number === 1 && before !== undefined && before > 1) warnings.add('second_script', {}, source.numbers[at]);
    this.#assembly.openEpisode(number, title, at);
    this.#lastNumber = '';
    this.#numbers.clear();
  }

  #closeScene(): void {
    const scene = this.#assembly.scene;
    if (scene?.elements.every((element) => element.kind === 'heading' || element.kind === 'cast')) {
      this.#assembly.warnings.add('empty_scene', { number: scene.number }, scene.line);
    }
    this.#assembly.scene = undefined;
  }

  /** Says duplicates and gaps of scene numbers; both are normal in practice, so only warnings. */
  #checkNumber(number: string, at: number): void {
    if (number === '') return;
    const line = this.#assembly.source.numbers[at];
    if (this.#numbers.has(number)) this.#assembly.warnings.add('duplicate_scene', { number }, line);
    this.#numbers.add(number);
    const [before, now] = [this.#lastNumber, number].map((n) =>
      Number(/([0-9]+)[A-Za-z]?$/.exec(n)?.[1] ?? Number.NaN),
    );
    if (now! > before! + 1) this.#assembly.warnings.add('scene_gap', { from: this.#lastNumber, to: number }, line);
    this.#lastNumber = number;
  }

  /** Reads the line at `at` (never a heading); returns the index after what was read. */
  #line(at: number): number {
    const line = unmarked(this.#assembly.source.lines[at]!);
    if (line === '' || isRule(line) || this.#isTimecode(at, line)) {
      this.#assembly.note(at, 'layout');
      return at + 1;
    }
    if (this.#isRemark(at, line)) {
      this.#assembly.note(at, 'after_matter');
      return at + 1;
    }
    if (this.#ended !== 'no' && !this.#goesOn(line)) return this.#after(at, line);
    return this.#otherScript(at, line) ?? (endLine(line) ? this.#end(at, line) : this.#content.read(at, line));
  }

  /** 00:00:01,000 --> 00:00:03,500 of subtitles, and the number above it. */
  #isTimecode(at: number, line: string): boolean {
    if (line.length > 40 || line.charCodeAt(0) > 57) return false;
    const next = /^[0-9]{1,5}$/.test(line) ? this.#assembly.source.lines[at + 1] : line;
    return next !== undefined && next.length <= 40 && TIMECODE.test(next);
  }

  /** An end mark was not the end when action or a known speaker follows: the last scene is open again. */
  #goesOn(line: string): boolean {
    const label = this.#ended === 'episode' && this.#marks[this.#next] ? this.#speech.label(line) : undefined;
    if (this.#ended === 'script' || !(isTriangle(line) || (label && this.#speech.knows(label.name)))) return false;
    this.#ended = 'no';
    this.#assembly.reopenScene();
    return true;
  }

  /** Among the last lines of the text, and nobody's words. */
  #isRemark(at: number, line: string): boolean {
    if (at < this.#assembly.source.lines.length - 3 || this.#marks[this.#next] !== undefined) return false;
    return line.length < 300 && REMARK.test(line) && OF_SCRIPT.test(line) && this.#speech.label(line) === undefined;
  }

  #end(at: number, line: string): number {
    const words = line.replace(/^[【［[(（—–－\-=■◆★\s]+|[】］\])）—–－\-=■◆★\s]+$/g, '');
    this.#assembly.addOutside('end', words, at);
    this.#closeScene();
    this.#ended = 'episode';
    return at + 1;
  }

  /** After an end mark: notes until the next heading; behind the last one, matter after the script. */
  #after(at: number, line: string): number {
    const front = this.#otherScript(at, line);
    if (front !== undefined) return front;
    if (this.#marks[this.#next] === undefined) this.#assembly.note(at, 'after_matter');
    else this.#assembly.addOutside('note', line, at);
    return at + 1;
  }

  /** Front matter of a second script glued on, or lists behind the script. Returns the index after it. */
  #otherScript(at: number, line: string): number | undefined {
    if (line.length > 80) return undefined;
    const next = this.#marks[this.#next];
    if (next === undefined) {
      if (!AFTER.test(line)) return undefined;
      this.#closeScene();
      this.#ended = 'script';
      this.#assembly.note(at, 'after_matter');
      return at + 1;
    }
    const title = /^[《〈][^》〉]+[》〉]\s*(?:剧本)?$/.test(line) && titleOf(line) !== undefined;
    if (!title && !(this.#ended !== 'no' && sectionOf(line) !== undefined)) return undefined;
    const restarts = next.kind === 'episode' && next.episode.number <= (this.#assembly.episodes.at(-1)?.number ?? 0);
    if (!restarts) return undefined;
    this.#closeScene();
    readFront(this.#assembly, at, next.at, this.known);
    return next.at;
  }
}
