// Servers that do not take a setting are asked without it: at once, for a request that was refused cost nothing, and from then on.
import { ProviderFailure } from './provider-failure.ts';
import type { Account, Setting, TextProvider, TextRequest } from './schema.ts';

const settings: readonly Setting[] = ['response_format', 'max_tokens', 'stream_options'];

/** By server and model, as long as this process lives: a server that learns the setting meanwhile answers without it too. */
const refused = new Map<string, readonly Setting[]>();
/** Addresses are typed by people; no more of them are remembered. */
const most = 500;

/**
 * The provider, asked without what its server refused before, and once more where it refuses a setting now. That is remembered when the
 * question was answered without it: words of a server that name a setting may be about something else.
 */
export const conceding = (provider: TextProvider): TextProvider => ({
  id: provider.id,
  async text(request, account, wire) {
    for (let asked = conceded(request, account); ; ) {
      try {
        const answer = await provider.text(asked, account, wire);
        remember(asked, account);
        return answer;
      } catch (error) {
        asked = lessened(asked, error);
      }
    }
  },
  async *stream(request, account, wire) {
    for (let asked = conceded(request, account); ; ) {
      try {
        const answer = yield* provider.stream(asked, account, wire);
        remember(asked, account);
        return answer;
      } catch (error) {
        asked = lessened(asked, error);
      }
    }
  },
});

const nameOf = ({ model }: TextRequest, { baseUrl }: Account): string => `${baseUrl} ${model}`;

function conceded(request: TextRequest, account: Account): TextRequest {
  const without = refused.get(nameOf(request, account));
  return without ? { ...request, without } : request;
}

/** The request without the setting it was refused for; throws the refusal again where there is none it can do without. */
function lessened(asked: TextRequest, error: unknown): TextRequest {
  const { field, httpStatus = 0 } = error instanceof ProviderFailure ? error.facts : {};
  const setting = settings.find((one) => one === field);
  const { without = [] } = asked;
  if (setting === undefined || httpStatus < 400 || without.includes(setting)) throw error;
  return { ...asked, without: [...without, setting] };
}

function remember(asked: TextRequest, account: Account): void {
  const name = nameOf(asked, account);
  const { without = [] } = asked;
  const known = refused.get(name) ?? [];
  if (without.every((one) => known.includes(one))) return;
  if (refused.size >= most) refused.clear();
  refused.set(name, [...new Set([...known, ...without])]);
}
