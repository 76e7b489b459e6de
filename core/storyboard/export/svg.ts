// One panel as a picture of its own: an SVG file that needs nothing around it.
import { frameOf } from '../panel/frame.ts';
import { type PanelCast, panel, panelStyle, panelSymbols } from '../panel.ts';
import type { ShotContent } from '../schema.ts';

/** The drawing of a shot with its symbols and colours inside. The same shot always gives the same bytes. */
export function panelSvg(shot: ShotContent, cast: PanelCast): string {
  const { width, height } = frameOf(cast.aspect);
  const drawn = panel(shot, cast);
  const open = drawn.indexOf('>') + 1;
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width * 8}" height="${height * 8}" font-family="sans-serif"`;
  const inside = `<style>${panelStyle}</style>${panelSymbols}`;
  return `${head}${drawn.slice('<svg'.length, open)}${inside}${drawn.slice(open)}`;
}
