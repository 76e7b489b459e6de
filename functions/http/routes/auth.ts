import * as Email from '../../../core/email/index.ts';
import * as Member from '../../../core/member/index.ts';
import * as Mfa from '../../../core/mfa/index.ts';
import * as Password from '../../../core/password/index.ts';
import * as Session from '../../../core/session/index.ts';
import type { Routes } from './shape.ts';

export const authRoutes: Routes = {
  'POST /auth/register': { verb: Member.register, status: 201 },
  'POST /auth/confirm': { verb: Member.confirm },
  'POST /auth/resend': { verb: Member.resend },
  'POST /auth/login': { verb: Member.login },
  'POST /auth/challenge': { verb: Member.challenge },
  'POST /auth/refresh': { verb: Member.refresh },
  'POST /auth/switch': { verb: Member.switchTenant },
  'POST /auth/logout': { verb: Member.logout },
  'GET /auth/me': { verb: Member.me },
  'POST /auth/password/forgot': { verb: Password.forgot },
  'POST /auth/password/reset': { verb: Password.reset },
  'POST /auth/password': { verb: Password.change },
  'POST /auth/email': { verb: Email.change },
  'POST /auth/email/confirm': { verb: Email.confirm },
  'GET /auth/mfa': { verb: Mfa.get },
  'POST /auth/mfa': { verb: Mfa.enrol },
  'POST /auth/mfa/confirm': { verb: Mfa.confirm },
  'POST /auth/mfa/disable': { verb: Mfa.disable },
  'POST /members/{id}/mfa/reset': { verb: Mfa.reset },
  'GET /auth/sessions': { verb: Session.list },
  'DELETE /auth/sessions/{id}': { verb: Session.end },
};
