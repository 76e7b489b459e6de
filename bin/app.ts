// `cdk synth`, `cdk deploy --all`: the dev stage; another with -c stage=prod.
import { scriptloom } from '../lib/app.ts';

scriptloom().synth();
