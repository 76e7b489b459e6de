// Who gives pictures, clips and speech, by provider id. Apart from the registry of text, whose users need no drawing.
import { builtinImage } from './providers/builtin.ts';
import type { MediaProvider, ProviderId } from './schema.ts';

const media: Readonly<Partial<Record<ProviderId, MediaProvider>>> = { builtin: { image: builtinImage } };

/** What a provider can do besides text; nothing for those that only write. */
export const mediaProvider = (id: ProviderId): MediaProvider => media[id] ?? {};
