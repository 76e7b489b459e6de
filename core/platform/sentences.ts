// The sentence behind each failure code, in both languages. What to do comes with what went wrong.

type Sentence = { readonly status: number; readonly 'zh-CN': string; readonly en: string };

const said = (status: number, zh: string, en: string): Sentence => ({ status, 'zh-CN': zh, en });

export const sentences = {
  // requests
  INVALID_REQUEST: said(
    400,
    '请求内容不正确：{reason}。请按接口说明修改后重试。',
    'The request is not valid: {reason}. Correct it as the API description says and try again.',
  ),
  INVALID_JSON: said(
    400,
    '请求体不是 JSON 对象。请检查格式后重试。',
    'The body is not a JSON object. Check it and try again.',
  ),
  INVALID_CURSOR: said(
    400,
    '翻页游标无效或属于另一个查询。请从第一页重新开始。',
    'This cursor is not valid for this list. Start again from the first page.',
  ),
  INVALID_TOKEN: said(401, '登录已失效，请重新登录。', 'Your sign-in is missing, invalid or expired. Sign in again.'),
  FORBIDDEN: said(
    403,
    '你的角色（{role}）不能执行此操作，需要 {needs} 权限。请联系管理员。',
    'Your role ({role}) may not do this; it needs {needs}. Ask an administrator.',
  ),
  NOT_FOUND: said(
    404,
    '没有找到。它可能已被删除，或你没有访问权限。',
    'Not found. It may have been deleted, or you have no access to it.',
  ),
  STALE_VERSION: said(
    409,
    '此内容已被他人修改（当前版本 {current_version}）。请刷新后在最新版本上重做修改。',
    'Someone changed this meanwhile (current version {current_version}). Reload and apply your change to the newest version.',
  ),
  VERSION_REQUIRED: said(
    428,
    '修改时必须给出版本号（version 或 If-Match）。',
    'A change must name the version it is based on (version or If-Match).',
  ),
  IDEMPOTENCY_CONFLICT: said(
    422,
    '同一个 Idempotency-Key 已用于内容不同的请求。请换一个新的 Key。',
    'This Idempotency-Key was used with another body. Use a new key.',
  ),
  IDEMPOTENCY_IN_FLIGHT: said(
    409,
    '相同 Idempotency-Key 的请求正在处理。请稍候再查询结果。',
    'A request with this Idempotency-Key is still running. Wait and ask again.',
  ),
  ANSWER_TOO_LARGE: said(
    413,
    '结果超过一次可以返回的上限（{limit_bytes} 字节）。请用 size 和 cursor 分页读取。',
    'The answer is larger than can be sent at once ({limit_bytes} bytes). Read it in pages with size and cursor.',
  ),
  CONFLICT: said(409, '操作与当前状态冲突：{reason}。', 'This conflicts with the current state: {reason}.'),
  BUSY: said(503, '同时写入过多，请稍后重试。', 'Too many writes at the same moment. Try again shortly.'),
  INTERNAL: said(
    500,
    '服务器内部错误。请稍后重试；若仍失败，请把请求编号 {request_id} 告诉我们。',
    'Something failed on our side. Try again; if it stays, tell us request {request_id}.',
  ),
  // sign-in
  EMAIL_TAKEN: said(
    409,
    '该邮箱已注册。请直接登录或找回密码。',
    'This e-mail is registered already. Sign in, or reset the password.',
  ),
  WEAK_PASSWORD: said(400, '密码强度不足：{reason}。', 'The password is too weak: {reason}.'),
  WRONG_CREDENTIALS: said(
    401,
    '邮箱或密码不正确。请核对后重试，或找回密码。',
    'Wrong e-mail or password. Check both, or reset the password.',
  ),
  TOO_MANY_ATTEMPTS: said(429, '尝试次数过多，请稍后再试。', 'Too many attempts. Wait a while and try again.'),
  NOT_CONFIRMED: said(
    403,
    '邮箱尚未验证。请输入邮件中的验证码。',
    'The e-mail is not confirmed yet. Enter the code from the mail.',
  ),
  PASSWORD_RESET_REQUIRED: said(
    403,
    '密码需要重置。请在登录页选择“忘记密码”。',
    'The password must be reset first. Choose “forgot password” on the sign-in page.',
  ),
  WRONG_CODE: said(400, '验证码不正确或已过期。请重新获取。', 'The code is wrong or has expired. Ask for a new one.'),
  REGISTRATION_UNFINISHED: said(
    409,
    '注册没有完成。请用同一邮箱和密码再注册一次。',
    'The registration was interrupted. Register again with the same e-mail and password to finish it.',
  ),
  MEMBER_INACTIVE: said(
    403,
    '该账号已停用，或不再属于这个组织。请联系管理员邀请；也可以用同一邮箱和密码重新注册一个组织。',
    'This account is switched off or belongs to no such organisation any more. Ask an administrator for an invitation, or register again with the same e-mail and password to found one.',
  ),
  SIGN_IN_UNAVAILABLE: said(
    503,
    '登录服务暂时不可用。请稍后重试。',
    'Sign-in cannot be checked right now. Try again shortly.',
  ),
  REFRESH_REUSED: said(
    401,
    '该刷新令牌已被使用过。为安全起见，本次登录已结束，请重新登录；若非本人操作，请修改密码。',
    'This refresh token was used before. For safety this sign-in was ended: sign in again, and change the password if it was not you.',
  ),
  ACCOUNT_TOKEN_REQUIRED: said(
    403,
    '请先用 account: true 刷新令牌，再用新令牌操作。',
    'Refresh with account: true, and call with that token.',
  ),
  MFA_REQUIRED: said(
    403,
    '所在组织要求所有者和管理员开启两步验证。请先绑定身份验证器（POST /auth/mfa，再 POST /auth/mfa/confirm）。',
    'Your organisation asks owners and administrators for a second factor. Set up an authenticator app first (POST /auth/mfa, then POST /auth/mfa/confirm).',
  ),
  MFA_DEMANDED: said(
    409,
    '所在组织要求你开启两步验证，不能关闭。需要更换时，请直接绑定新的身份验证器。',
    'Your organisation asks you for a second factor, so it cannot be switched off. To change it, set up the new authenticator app.',
  ),
  MFA_OF_MANY: said(
    409,
    '此人同时管理其他组织，不能由一个组织重置其两步验证。请联系我们核实身份后处理。',
    'This person leads another organisation as well, so one of them cannot reset the second factor. Contact us, who will check who it is.',
  ),
  MAIL_UNAVAILABLE: said(
    503,
    '邮件没有发出：{reason}。请稍后重试，或联系我们。',
    'The mail was not sent: {reason}. Try again shortly, or contact us.',
  ),
  INVALID_REFRESH: said(
    401,
    '刷新令牌无效或已被注销。请重新登录。',
    'The refresh token is not valid or was revoked. Sign in again.',
  ),
  // keys of the API, and rates
  INVALID_KEY: said(
    401,
    'API 密钥无效或已被撤销。请检查是否完整复制，或新建一个密钥。',
    'This API key is not valid or was revoked. Check that it was copied whole, or make a new one.',
  ),
  KEY_EXPIRED: said(
    401,
    'API 密钥已过期。请轮换该密钥，或新建一个。',
    'This API key has expired. Rotate it, or make a new one.',
  ),
  KEY_ADDRESS_REFUSED: said(
    403,
    '此 API 密钥不能从 {address} 使用。请从允许的地址调用，或让管理员新建一个允许此地址的密钥。',
    'This API key may not be used from {address}. Call from an address it allows, or have an administrator make one that allows this.',
  ),
  KEY_NAME_TAKEN: said(
    409,
    '已有名为“{name}”的 API 密钥。请换一个名称，或先撤销那一个。',
    'There is an API key called “{name}” already. Choose another name, or revoke that one first.',
  ),
  KEY_LABEL_TAKEN: said(
    409,
    '已有名为“{label}”的模型密钥。请换一个名称，或先删除那一个。',
    'There is a model key called “{label}” already. Choose another label, or delete that one first.',
  ),
  RATE_LIMITED: said(
    429,
    '请求过于频繁：{who}每分钟最多 {limit} 次。请在 {retry_after} 秒后重试；经常如此，请降低频率或升级套餐。',
    'Too many requests: {who} may send {limit} a minute. Try again in {retry_after} seconds; if it happens often, send fewer or upgrade.',
  ),
  // tenants and people
  TENANT_SUSPENDED: said(
    403,
    '组织已暂停使用：可以查看和导出，不能修改。请联系我们恢复。',
    'Your organisation is suspended: everything can be read and exported, nothing changed. Contact us to resume it.',
  ),
  TENANT_CLOSING: said(
    403,
    '组织正在注销：可以查看和导出，不能修改。宽限期内所有者可以撤回注销；期满后数据将被永久删除。',
    'Your organisation is being closed: everything can be read and exported, nothing changed. An owner can take it back until the time of grace ends; then everything is removed for good.',
  ),
  TENANT_ONBOARDING: said(
    403,
    '组织正在开通，还不能使用。请几分钟后重试。',
    'Your organisation is being set up and cannot be used yet. Try again in a few minutes.',
  ),
  CLOSING_ALREADY: said(
    409,
    '组织已在注销：{until}（UTC）起删除数据。在此之前可以撤回注销。',
    'This organisation is being closed already: its data is removed from {until} (UTC) on. Until then it can be taken back.',
  ),
  CONFIRMATION_WRONG: said(
    400,
    '确认用的组织名称不一致。请原样输入组织名称“{name}”。',
    'The name given as confirmation is not the one of the organisation. Type “{name}” exactly.',
  ),
  CODE_REQUIRED: said(
    400,
    '你开启了两步验证：请同时输入身份验证器中的 6 位数字（code）。',
    'You have a second factor: give the six digits of your authenticator app as well (code).',
  ),
  REOPEN_TOO_LATE: said(
    410,
    '宽限期已过，数据已开始删除，不能撤回注销。如需继续使用，请重新注册组织。',
    'The time of grace is over and the removal has begun, so this cannot be taken back. To go on, register an organisation anew.',
  ),
  REOPEN_REFUSED: said(
    403,
    '此次注销由平台发起，只能由平台撤回。请联系我们。',
    'The platform closes this organisation, so only the platform can take it back. Contact us.',
  ),
  PLACE_MISSING: said(
    503,
    '组织 {tenant} 的专属资源还没有就绪：{missing}。请在 lib/tenants.ts 中加上这个组织，执行 cdk deploy，然后重试开通。',
    'The place of tenant {tenant} is not ready: {missing}. Name the tenant in lib/tenants.ts, run cdk deploy, then retry the onboarding.',
  ),
  PLACE_TAKEN: said(
    409,
    '资源位 {place} 已属于另一个组织。请换一个已准备好的资源位。',
    'The place {place} is a tenant’s already. Choose another that is prepared.',
  ),
  ONBOARDING_RUNNING: said(
    409,
    '开通正在进行（步骤 {step}）。请等它结束，失败后再重试。',
    'This onboarding is running (step {step}). Wait for its end, and retry it when it has failed.',
  ),
  ONBOARDING_DONE: said(
    409,
    '组织已开通，所有者已加入，无需重试。',
    'This onboarding is done and the owner has come in: there is nothing to retry.',
  ),
  TENANCY_STEP_FAILED: said(
    500,
    '此步骤没有完成：{reason}。请按运维手册“a-tenant-cannot-come-or-go”检查后重试。',
    'This step was not finished: {reason}. See “a-tenant-cannot-come-or-go” in the runbook, then try again.',
  ),
  SUBDOMAIN_TAKEN: said(
    409,
    '子域名 {subdomain} 已被使用或保留。请换一个。',
    'The subdomain {subdomain} is taken or reserved. Choose another.',
  ),
  ALREADY_MEMBER: said(409, '{email} 已是成员。', 'There is a member with {email} already.'),
  LAST_OWNER: said(
    409,
    '组织必须有一位所有者。请先把所有权转交给其他成员。',
    'An organisation always has an owner. Hand ownership over to another member first.',
  ),
  MEMBER_LEFT: said(
    409,
    '该成员是自己退出的，不能恢复。请重新邀请。',
    'This person left by himself and cannot be restored. Send a new invitation.',
  ),
  TOO_MANY_SHARES: said(
    409,
    '与该成员共享的项目已达上限（{limit} 个）。请先取消一些共享，或给他适用于整个组织的角色。',
    'As many projects as can be are shared with this member ({limit}). Take some back, or give a role that holds in the whole organisation.',
  ),
  INVITATION_INVALID: said(
    410,
    '邀请无效、已过期、已撤销或已使用。请联系邀请人重新发送。',
    'This invitation is not valid, has expired, was revoked or used. Ask who invited you to send it again.',
  ),
  INVITATION_FOR_ANOTHER: said(
    403,
    '这份邀请是发给另一个邮箱的。请用收到邀请的邮箱登录或注册。',
    'This invitation is for another e-mail address. Sign in or register with the address it was sent to.',
  ),
  ALREADY_INVITED: said(
    409,
    '{email} 已有未处理的邀请。可以重新发送或先撤销。',
    'There is an open invitation for {email} already. Send it again, or revoke it first.',
  ),
  // projects
  TITLE_TAKEN: said(
    409,
    '已有同名项目《{title}》。请换一个名称；恢复项目时可用 title 另起名称。',
    'There is a project called “{title}” already. Choose another title; a project is restored under another one by giving it as title.',
  ),
  // files
  FILE_TYPE_UNSUPPORTED: said(
    415,
    '不支持的文件 {file_name}（类型 {content_type}）。剧本可用 txt、md、docx、pdf、fountain、fdx，类型须与扩展名相符。',
    'The file {file_name} of type {content_type} is not supported here. Scripts: txt, md, docx, pdf, fountain, fdx, with the type that belongs to the ending.',
  ),
  FILE_TOO_LARGE: said(
    413,
    '文件超过上限（{limit_bytes} 字节）。请拆分后上传。',
    'The file is larger than the limit ({limit_bytes} bytes). Split it and upload the parts.',
  ),
  QUOTA_EXCEEDED: said(
    402,
    '套餐的{what}已用完：上限 {limit}，已用 {used}，占用中 {reserved}。请{advice}。',
    'Your plan has nothing left of this: {what}. Limit {limit}, used {used}, held for work under way {reserved}. {advice}.',
  ),
  UPLOAD_MISSING: said(
    409,
    '没有收到文件内容。请重新上传后再确认。',
    'No object arrived for this upload. Upload again, then complete it.',
  ),
  UPLOAD_MISMATCH: said(
    409,
    '收到的文件与声明不符（{reason}）。请重新申请上传。',
    'What arrived is not what was announced ({reason}). Ask for a new upload.',
  ),
  UPLOAD_CLOSED: said(409, '该上传已经结束。请重新申请上传。', 'This upload has ended already. Ask for a new upload.'),
  FILE_NOT_READY: said(
    409,
    '文件尚未上传完成。请先完成上传。',
    'The file is not uploaded yet. Complete the upload first.',
  ),
  UPLOAD_FAILED: said(
    409,
    '该文件上传失败，没有可用的内容。请重新申请上传。',
    'The upload of this file failed; there is nothing to fetch. Ask for a new upload.',
  ),
  SCRIPT_FILE_GONE: said(
    409,
    '该剧本所用的文件已被删除，无法恢复。请重新上传文件并新建剧本。',
    'A file that this script was made of was deleted meanwhile, so the script cannot be restored. Upload the file again as a new script.',
  ),
  FILE_IN_USE: said(
    409,
    '文件正被剧本版本使用，不能删除。请先删除剧本。',
    'This file is the source of a script revision and cannot be deleted. Delete the script first.',
  ),
  // reading scripts
  EMPTY_FILE: said(
    422,
    '文件是空的。请上传含有剧本文字的文件。',
    'The file is empty. Upload a file that contains the script.',
  ),
  BINARY_FILE: said(
    422,
    '文件不是文本，也不是支持的剧本格式。请另存为 docx、pdf 或 txt 后上传。',
    'This is neither text nor a script format we read. Save it as docx, pdf or txt and upload again.',
  ),
  UNSUPPORTED_FILE_TYPE: said(
    422,
    '不支持 {type} 文件。请另存为 docx、pdf、txt、md、fountain 或 fdx。',
    'We do not read {type} files. Save as docx, pdf, txt, md, fountain or fdx.',
  ),
  TOO_MANY_SCENES: said(
    422,
    '剧本超过 {limit} 场。请按季或按部分拆分上传。',
    'The script has more than {limit} scenes. Split it into parts.',
  ),
  TOO_MANY_EPISODES: said(
    422,
    '剧本超过 {limit} 集。请按季拆分上传。',
    'The script has more than {limit} episodes. Split it by season and upload each.',
  ),
  TOO_MANY_LINES: said(
    422,
    '剧本超过 {limit} 行。请拆分后上传。',
    'The script has more than {limit} lines. Split it into parts.',
  ),
  SCANNED_PDF: said(
    422,
    '这个 PDF 是扫描图片，没有文字。请先做文字识别（OCR），或上传 docx / txt。',
    'This PDF is scanned pictures without text. Run text recognition (OCR) first, or upload docx or txt.',
  ),
  PDF_ENCRYPTED: said(
    422,
    'PDF 有密码保护。请去除密码后上传。',
    'The PDF is protected by a password. Remove it and upload again.',
  ),
  PDF_DAMAGED: said(
    422,
    'PDF 已损坏，无法读取。请重新导出后上传。',
    'The PDF is damaged and cannot be read. Export it again and upload.',
  ),
  DOCX_DAMAGED: said(
    422,
    'Word 文件已损坏或不完整。请重新保存后上传。',
    'The Word file is damaged or incomplete. Save it again and upload.',
  ),
  DOCX_TOO_LARGE: said(
    422,
    'Word 文件解压后过大，疑似压缩炸弹。请另存为普通 docx 或 txt。',
    'The Word file unpacks to far more than a script. Save it as a plain docx or txt.',
  ),
  DOCX_ENCRYPTED: said(
    422,
    'Word 文件有密码保护或是旧版 doc。请另存为无密码的 docx。',
    'The Word file is protected or in the old doc format. Save it as docx without a password.',
  ),
  FDX_DAMAGED: said(
    422,
    'FDX 文件不是完整的 XML。请在 Final Draft 中重新保存。',
    'The FDX file is not complete XML. Save it again in Final Draft.',
  ),
  FDX_ENTITIES: said(
    422,
    'FDX 文件含有 DOCTYPE 或实体定义，出于安全原因拒绝。请重新导出。',
    'The FDX file declares a DOCTYPE or entities and is refused for safety. Export it again.',
  ),
  NOTHING_TO_READ: said(
    422,
    '文件里没有可以拆解的剧本内容。请检查是否上传了正确的文件。',
    'There is nothing in the file that can be broken down. Check that it is the right file.',
  ),
  // work
  ALREADY_DONE: said(
    409,
    '这部分已经完成。如需重做，请带上 rerun: true。',
    'This is finished already. To do it again, send rerun: true.',
  ),
  ALREADY_RUNNING: said(
    409,
    '同样的任务（{task_id}）正在进行。请等待其完成或先取消。',
    'The same work is running already (task {task_id}). Wait for it, or cancel it first.',
  ),
  TOO_MANY_TASKS: said(
    429,
    '同时进行的任务已达上限（{limit} 个）。请等待其中一个完成，或取消一个。',
    'As much work as your plan allows is running ({limit} tasks). Wait for one to end, or cancel one.',
  ),
  TASK_FINISHED: said(
    409,
    '任务已结束（{status}），没有可取消的内容。',
    'The task has ended ({status}): there is nothing to cancel.',
  ),
  REVISION_OVERTAKEN: said(
    409,
    '剧本的新版本已经拆解，旧版本的任务不能再执行。请对最新版本重新开始。',
    'A newer revision of the script was broken down meanwhile; this work would put it back. Start again on the newest revision.',
  ),
  EPISODE_REMOVED: said(
    409,
    '剧本从第 {revision} 版起已没有这一集，它的分镜保留供查阅，不能再生成。若要重做，请上传包含该集的新版本。',
    'The script has no such episode since revision {revision}; its storyboard is kept to be read and is not made again. To make it again, upload a revision that has the episode.',
  ),
  ASSETS_MISSING: said(
    409,
    '该集的资产还没有提取完成（状态 {status}），无法生成分镜。请先提取该集的资产。',
    'The assets of this episode are not extracted (status {status}), so there is nothing to make shots from. Extract its assets first.',
  ),
  NOTHING_TO_PROMPT: said(
    409,
    '没有可以写提示词的资产或镜头（声音没有画面，固定镜头没有尾帧）。请先提取资产或生成分镜，或改选别的资产。',
    'There is no asset or shot to write prompts for (sounds have no picture, still shots no last frame of their own). Extract assets or make a storyboard first, or choose others.',
  ),
  PROMPTS_KEPT: said(
    409,
    '有 {locked} 个镜头已锁定，{edited} 处提示词由人写过，均保持原样。锁定的请先解锁；要改写人写的提示词，请指名并带上 rerun: true。',
    'They stay as they are: {locked} shots are locked, {edited} prompts were written by people. Unlock what is locked; to write over a person’s prompts, name them and send rerun: true.',
  ),
  NOTHING_TO_RETRY: said(409, '没有失败的部分需要重试。', 'There is no failed part to retry.'),
  PROVIDER_UNKNOWN: said(
    400,
    '未知的提供方 {provider}。可用：builtin、auto，或设置中列出的模型提供方。',
    'Unknown provider {provider}. Available: builtin, auto, or one of the model providers of the settings.',
  ),
  TASK_TIMED_OUT: said(
    504,
    '任务超时。已完成的部分已保留，可以重试未完成的部分。',
    'The work ran out of time. What was done is kept; retry the rest.',
  ),
  TASK_CANCELLED: said(
    409,
    '任务已取消。已完成的部分已保留，重试即可继续。',
    'The work was cancelled. What was done is kept; a retry goes on with it.',
  ),
  TASK_FAILED: said(
    500,
    '任务执行失败（{reason}）。已完成的部分已保留，可以重试。',
    'The work failed ({reason}). What was done is kept; you can retry.',
  ),
  TICKET_INVALID: said(
    403,
    '连接凭证无效或已使用。请重新获取。',
    'The ticket is not valid or was used already. Ask for a new one.',
  ),
  // writing
  WRITING_NEEDS_MODEL: said(
    422,
    '写作需要模型，内置引擎不会写作。请在设置中添加模型密钥，或选择已配置的提供方，然后重试。',
    'Writing needs a model; the built-in engine does not write. Add a key of a model in the settings, or name a provider that is set up, and try again.',
  ),
  SCRIPT_REVISED: said(
    409,
    '剧本在写作期间有了新版本（第 {revision} 版），写好的内容没有覆盖它，可在任务的正文中读取。请核对后对最新版本重新开始，或自行粘贴。',
    'The script got another revision meanwhile (revision {revision}); what was written did not replace it and can be read with the text of the task. Start again on the newest revision, or paste it in yourself.',
  ),
  SCRIPT_NOT_TEXT: said(
    422,
    '这个剧本是 {format} 文件，只能整份替换，不能改写或续写其中一部分。请另存为 txt 或 md 后作为新版本上传，再重试。',
    'This script is a {format} file, which can be replaced as a whole and not be written on in part. Upload it as txt or md, as a new revision, and try again.',
  ),
  SCRIPT_NOT_CONTINUED: said(
    422,
    '在这个剧本末尾加上新的一集后，前面的内容会被读成别的样子（通常是没有集标题和场次标题）。请先补上“第1集”“1-1 日 内 客厅”这样的标题，作为新版本上传后再续写。',
    'With another episode at its end this script would be read otherwise than it is (mostly because it has no headings of episodes and scenes). Add headings such as “EPISODE 1” and “INT. KITCHEN - DAY”, upload it as a new revision, and try again.',
  ),
  WRITING_LENGTH: said(
    422,
    '这一集写了 {characters} 字，要求约 {asked} 字；再次要求后仍相差较多，正文已保留。请核对，必要时改写这一集。',
    'This episode has {characters} characters where about {asked} were asked for, also after asking again; the text is kept. Check it, and have it rewritten if need be.',
  ),
  // assets
  NAME_TAKEN: said(
    409,
    '同类资产中已有“{name}”。请换名或合并。',
    'Another asset of this kind is called “{name}” already. Rename or merge.',
  ),
  MERGE_REFUSED: said(409, '不能合并：{reason}。', 'These cannot be merged: {reason}.'),
  SPLIT_REFUSED: said(409, '不能拆分：{reason}。', 'This cannot be split: {reason}.'),
  NOTHING_TO_UNDO: said(409, '没有可以撤销的操作。', 'There is nothing to undo.'),
  ALREADY_DECIDED: said(409, '该建议已处理（{outcome}）。', 'This proposal was decided already ({outcome}).'),
  ASSET_DELETED: said(409, '该资产已删除。请先恢复。', 'This asset is deleted. Restore it first.'),
  // storyboards
  SHOT_LOCKED: said(409, '镜头已锁定。请先解锁。', 'The shot is locked. Unlock it first.'),
  EXPORT_TOO_LARGE: said(
    413,
    '导出内容过大（{megabytes} MB，上限 {limit_megabytes} MB）。请用 scene_id 分场导出，或改用 csv。',
    'The export is too large ({megabytes} MB; at most {limit_megabytes} MB). Export scene by scene with scene_id, or as csv.',
  ),
  PLATFORM_MFA_REQUIRED: said(
    403,
    '管理平台需要两步验证。请先绑定身份验证器（POST /auth/mfa，再 POST /auth/mfa/confirm），然后重新登录。',
    'Running the platform needs a second factor. Set up an authenticator app (POST /auth/mfa, then POST /auth/mfa/confirm) and sign in again.',
  ),
  READ_ONLY_SESSION: said(
    403,
    '这是平台的只读查看，不能修改任何内容。请联系该组织的成员进行修改。',
    'This session of the platform reads and changes nothing. Ask a member of the organisation to make the change.',
  ),
  STATUS_REFUSED: said(
    409,
    '组织当前状态为 {from}，不能改为 {to}。请刷新后查看。',
    'The organisation is {from}, which cannot become {to}. Reload and look at it again.',
  ),
  SHOT_REFUSED: said(409, '不能这样修改镜头：{reason}。', 'The shot cannot be changed like this: {reason}.'),
  // comments
  NOT_YOUR_COMMENT: said(
    403,
    '这条评论是别人写的：只有作者能修改，作者或可编辑分镜的成员能删除。',
    'Somebody else wrote this comment: its author alone changes it; its author, or whoever may edit the storyboard, deletes it.',
  ),
  // models
  PROVIDER_KEY_REFUSED: said(
    424,
    '模型提供方拒绝了密钥。请在设置中检查或更换该提供方的密钥。已完成的部分已保留。',
    'The model provider refused the key. Check or replace it in the settings. What was done is kept.',
  ),
  PROVIDER_QUOTA: said(
    402,
    '该账号在模型提供方的余额或额度已用完。请充值或换用其他账号后重试。已完成的部分已保留。',
    'The account has no money or quota left at the model provider. Top it up or use another account, then retry. What was done is kept.',
  ),
  PROVIDER_BUSY: said(
    429,
    '模型提供方限流，排队超时。请稍后重试，或在设置中增加备用模型。已完成的部分已保留。',
    'The model provider let us wait too long. Retry later, or add another model to fall back on. What was done is kept.',
  ),
  PROVIDER_UNREACHABLE: said(
    424,
    '模型提供方暂时无法访问，已多次重试。请稍后重试，或检查接口地址。已完成的部分已保留。',
    'The model provider could not be reached, after several tries. Retry later, or check its base URL. What was done is kept.',
  ),
  BASE_URL_REFUSED: said(
    422,
    '接口地址不可用：{reason}。请填写公网可访问的 https 地址。',
    'This base URL is refused: {reason}. Give an https address of the public internet.',
  ),
  MODEL_UNKNOWN: said(
    422,
    '模型提供方没有这个模型，或账号无权使用。请在设置中检查模型名称。',
    'The provider has no such model, or the account may not use it. Check the name of the model in the settings.',
  ),
  MODEL_REQUEST_REFUSED: said(
    422,
    '模型提供方不接受这个请求（设置不被支持）。请换用其他模型。已完成的部分已保留。',
    'The model provider does not accept this request (a setting is not supported). Use another model. What was done is kept.',
  ),
  MODEL_NOT_CONFIGURED: said(
    422,
    '没有可用的模型。请在设置中添加密钥、打开提供方，或选择内置引擎。',
    'No model is set up for this. Add a key or switch a provider on in the settings, or use the built-in engine.',
  ),
  MODEL_ANSWER_UNUSABLE: said(
    422,
    '模型的回答无法使用，再次询问后仍不符合要求。请重试，或换用更强的模型。已完成的部分已保留。',
    'The answer of the model could not be used, also after asking again. Retry, or use a stronger model. What was done is kept.',
  ),
  MODEL_ANSWER_TRUNCATED: said(
    422,
    '模型的回答超出长度上限，内容无法再拆分。请换用输出更长的模型，或把这一场拆短。',
    'The answer of the model was cut off and the input cannot be divided any further. Use a model with longer answers, or shorten the scene.',
  ),
  PROMPT_BLOCKED: said(
    422,
    '内容被模型提供方的审核拦截。请修改相关文字，或换用其他模型。已完成的部分已保留。',
    'The moderation of the model provider blocked this text. Edit it, or use another model. What was done is kept.',
  ),
  BUDGET_REACHED: said(
    402,
    '已达到本任务的费用上限，停止调用模型。已完成的部分已保留；提高上限后可以继续。',
    'The spending cap of this task is reached; no more models are called. What was done is kept; raise the cap to go on.',
  ),
  BUDGET_ZERO: said(
    402,
    '本任务的费用上限为零，不能调用模型。请设置上限，或选择内置引擎。',
    'The spending cap of this task is zero, so no model may be called. Set a cap, or use the built-in engine.',
  ),
  PRICE_UNKNOWN: said(
    422,
    '这个模型的价格未知，不能使用平台账号调用。请换用有价格的模型，或使用自己的密钥。',
    'The price of this model is not known, so it cannot run on the platform’s account. Use a model with a price, or a key of your own.',
  ),
  KEY_UNREADABLE: said(
    423,
    '保存的密钥无法解密。请在设置中重新填写密钥。',
    'The stored key cannot be decrypted. Enter the key again in the settings.',
  ),
  SCENES_DRAFTED: said(
    422,
    '模型对第 {scenes} 场的回答无法使用，这些场用了内置引擎的分镜，其余场次为模型所做。重试只会重做这些场；也可以换用其他模型。',
    'The answers of the model about scenes {scenes} could not be used; these have the shots of the built-in engine, the others are the model’s. A retry asks about these alone; another model may do better.',
  ),
  STORYBOARD_MENDED: said(
    422,
    '模型写的分镜有 {count} 处与剧本或资产库不符（漏掉或重复的台词、不存在的人物或道具、别的语言），已按剧本补正，台词一句不缺。请核对这一集。',
    'In {count} points the storyboard a model gave did not agree with the script or the library (lines left out or repeated, people or props that do not exist, another language); they were put right, no line is missing. Check this episode.',
  ),
  ANSWER_LEFT_OUT: said(
    422,
    '模型给出的内容有 {count} 条在剧本中找不到依据，已略去，其余已保留。请核对这一部分，必要时换用其他模型重做。',
    'A model gave {count} facts that have no ground in the script; they were left out, the rest is kept. Check this part, and run it again with another model if need be.',
  ),
  PROMPT_REFUSED: said(422, '提示词不能这样修改：{reason}。', 'The prompt cannot be changed like this: {reason}.'),
  // quotes
  SCRIPT_NOT_READ: said(
    409,
    '剧本还没有读取，且文件较大（{size_bytes} 字节，当场读取上限 {limit_bytes} 字节），无法当场报价或比较。请先用内置引擎拆解（provider: builtin，不花费用）；未改动的部分不会重做，你的修改会保留。',
    'The script is not read yet and too large to be read for a quote or a comparison ({size_bytes} bytes; at most {limit_bytes}). Break it down with the built-in engine first (provider: builtin, free): what did not change is not done again, and your edits stay.',
  ),
  QUOTE_UNROUTED: said(
    422,
    '其中 {calls} 次调用没有可用的模型，未计入报价。请在设置中添加密钥或模型；否则这部分将由内置引擎完成或失败。',
    'No model is set up for {calls} of the calls, so they are not priced. Add a key or a model in the settings; until then the built-in engine does that part, or it fails.',
  ),
  QUOTE_WITHOUT_PRICE: said(
    422,
    '模型 {model} 的价格未知，报价未计入它的费用，任务的费用上限也管不到它。请在密钥中填写价格。',
    'The price of {model} is not known: the quote leaves its cost out, and the cap of the task does not hold for it. Type its price at the key in the settings.',
  ),
  QUOTE_ABOVE_CAP: said(
    422,
    '费用上限（{cap_micros}，百万分之一元）可能不够，任务会在达到上限时停下，已完成的部分保留。建议上限：{advised_micros}。',
    'The cap ({cap_micros} millionths of CNY) may not be enough: the work would stop there, keeping what is done. Advised: {advised_micros}.',
  ),
  QUOTE_ESTIMATED: said(
    422,
    '后面的步骤取决于模型对前面步骤的回答，这里按语法能读出的内容估算。提取完成后再报价会更准。',
    'Later steps depend on answers that no model has given yet; they are estimated from what grammar finds. A quote after extraction is closer.',
  ),
} as const satisfies Record<string, Sentence>;
