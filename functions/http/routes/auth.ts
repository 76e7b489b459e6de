import * as Member from '../../../core/member/index.ts';
import type { Routes } from './shape.ts';

export const authRoutes: Routes = {
  'POST /auth/register': { verb: Member.register, status: 201 },
  'POST /auth/confirm': { verb: Member.confirm },
  'POST /auth/resend': { verb: Member.resend },
  'POST /auth/login': { verb: Member.login },
  'POST /auth/challenge': { verb: Member.challenge },
  'POST /auth/refresh': { verb: Member.refresh },
  'POST /auth/logout': { verb: Member.logout },
  'GET /auth/me': { verb: Member.me },
};
