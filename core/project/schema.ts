// A project as clients see it: one drama, film or series, and what it is made for.

import * as z from 'zod';
import { displayName } from '../platform/name.ts';
import { PageInput, pageOf } from '../platform/page.ts';
import { projectRoles } from '../platform/permission.ts';
import { rule } from '../platform/words.ts';
import { settingsWith } from './settings.ts';

export const Stage = z.enum(['script', 'assets', 'director', 'export']);
export const ProjectStatus = z.enum(['active', 'archived', 'deleted']);

/** What is being made: told by people, read by prompts. */
const making = {
  /** `60s`, `3m`: of one episode. */
  targetDuration: z
    .string()
    .trim()
    .regex(
      /^\d{1,5}\s?([smhSMH]|[mM][iI][nN])?$/,
      rule('数字加 s、m 或 h，如 60s', 'a number with s, m or h, such as 60s'),
    ),
  /** BCP 47: `zh`, `zh-CN`, `en`. */
  language: z
    .string()
    .trim()
    .regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/, rule('语言标签，如 zh 或 en', 'a language tag, such as zh or en')),
  visualStyle: z.string().trim().max(200),
  /** Pixels, width x height. */
  imageSize: z
    .string()
    .trim()
    .regex(/^\d{2,5}x\d{2,5}$/, rule('宽x高（像素），如 2560x1440', 'width x height in pixels, such as 2560x1440')),
  /** Pictures wanted for each shot; also as digits. What is no number (`null`, an empty text, `true`) is refused, not counted as one. */
  imageCount: z.preprocess(
    (said) => (typeof said === 'string' && said.trim() !== '' ? Number(said) : said),
    z.int().min(0).max(1000),
  ),
};
const Making = z.object(making);
export type Making = z.infer<typeof Making>;

const Settings = settingsWith(making);

export const Project = z.object({
  id: z.string(),
  title: z.string(),
  stage: Stage,
  status: ProjectStatus,
  ...making,
  settings: z.record(z.string(), z.unknown()),
  thumbnail: z.string().nullable(),
  createdBy: z.string(),
  /** Epoch ms: until then one that is deleted can be restored. Null of one that is not. */
  purgeAt: z.int().nullable(),
  version: z.int(),
  createdAt: z.int(),
  updatedAt: z.int(),
});
export type Project = z.infer<typeof Project>;

const title = displayName(200);

const told = (zh: string, en: string) => z.never({ error: rule(zh, en) }).optional();

/** Fields of a project as clients of the inherited contract keep it, which have a home of their own here: who sends one is told where it belongs. */
const elsewhere = {
  rawScript: told(
    '剧本正文请用 POST /ai/script/parse（raw_text）提交，用 GET /scripts/{id}/document 读取',
    'a script goes to POST /ai/script/parse as raw_text, and is read at GET /scripts/{id}/document',
  ),
  scriptData: told(
    '解析结果由系统生成：集见 GET /episodes，资产见 GET /assets',
    'what a script is broken down into is made here: read it at GET /episodes and GET /assets',
  ),
  shots: told(
    '镜头在分镜中：用 /storyboards/{id}/shots 读取和修改',
    'shots are those of storyboards: read and change them at /storyboards/{id}/shots',
  ),
  mergedVideoUrl: told('成片由系统生成，不能写入', 'the finished film is made here; it cannot be written'),
};

export const CreateProject = z.object({
  title,
  stage: Stage.optional(),
  status: ProjectStatus.exclude(['deleted']).optional(),
  ...Making.partial().shape,
  settings: Settings.optional(),
  ...elsewhere,
});

export const UpdateProject = z.object({
  id: z.string().max(60),
  version: z.coerce.number().int().min(1).optional(),
  title: title.optional(),
  stage: Stage.optional(),
  status: ProjectStatus.exclude(['deleted']).optional(),
  thumbnail: z.string().max(2000).nullable().optional(),
  ...Making.partial().shape,
  settings: Settings.optional(),
  ...elsewhere,
});

export const ProjectId = z.object({ id: z.string().max(60) });
export const RemoveProject = ProjectId.extend({ version: z.coerce.number().int().min(1).optional() });
export const RestoreProject = RemoveProject.extend({ title: title.optional() });

export const ListProjects = PageInput.extend({
  search: z.string().trim().max(200).optional(),
  status: ProjectStatus.optional(),
});
export const ProjectPage = pageOf(Project);

export const ProjectRole = z.enum(projectRoles);
/** As clients of the inherited contract write it: `view` is the role viewer, `edit` the role editor. */
export const Access = z.enum(['view', 'edit']);
export const Share = z.object({
  projectId: z.string(),
  memberId: z.string(),
  role: ProjectRole,
  access: Access,
  sharedBy: z.string(),
  sharedAt: z.int(),
  version: z.int(),
});
export type Share = z.infer<typeof Share>;

export const ShareProject = z.object({
  id: z.string().max(60),
  /** Of the share; 0 where there is none. */
  version: z.coerce.number().int().min(0).optional(),
  memberId: z.string().max(60),
  /** Counts where both are said. */
  role: z.enum([...ProjectRole.options, 'none']).optional(),
  access: z.enum([...Access.options, 'none']).default('view'),
});

export const ProjectDetail = Project.extend({ sharedWith: z.array(Share) });
