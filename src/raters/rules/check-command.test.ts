import { describe, expect, it } from 'vitest';
import { checkResponse } from '../../../test/support/check-response.ts';

const node = (program: string) => ({
  check: 'command' as const,
  run: [process.execPath, '-e', program],
  seconds: 20,
  megabytes: 4096,
});

describe('command', () => {
  it('hands over JSON and reads the verdict', async () => {
    const program = `let s='';process.stdin.on('data',d=>s+=d).on('end',()=>{const {text,item,candidate}=JSON.parse(s);
      console.log(JSON.stringify({pass:text.includes('yes'),reason:item.id+candidate,span:[0,3]}))})`;
    expect(await checkResponse(node(program), 'yes indeed')).toEqual([
      { pass: true, reason: 'ia', span: { start: 0, end: 3, text: 'yes' } },
    ]);
  });

  it('gives the program nothing of the environment but PATH and HOME', async () => {
    const program = `console.log(JSON.stringify({pass:true,reason:Object.keys(process.env).filter(k=>/KEY|TOKEN|NODE|npm/i.test(k)).join()||'none'}))`;
    expect(await checkResponse(node(program), 'x')).toMatchObject([{ reason: 'none' }]);
  });

  it('reads nothing of the arguments as shell', async () => {
    const rule = { ...node('0'), run: ['printf', '%s', '{"pass":true,"reason":"$(id) ; `id`"}'] };
    expect(await checkResponse(rule, 'x')).toMatchObject([{ reason: '$(id) ; `id`' }]);
  });

  it('does not wait for what the program left running', async () => {
    const rule = { ...node('0'), run: ['sh', '-c', `sleep 600 & echo '{"pass":true}'`] };
    expect(await checkResponse(rule, 'x')).toMatchObject([{ pass: true }]);
  });

  it('takes an answer from a program that read nothing', async () => {
    const rule = { ...node('0'), run: ['echo', '{"pass":false,"reason":" "}'] };
    expect(await checkResponse(rule, 'x'.repeat(3_000_000))).toEqual([
      { pass: false, reason: 'echo says no' },
    ]);
  });

  it.each(['[-5, 2]', '[2, 1]', '[0, 99]', '[0.5, 1]', '["0", 1]', '7'])(
    'leaves out a span such as %s',
    async (span) => {
      const rule = { ...node('0'), run: ['echo', `{"pass":true,"reason":"so","span":${span}}`] };
      expect(await checkResponse(rule, 'text')).toEqual([{ pass: true, reason: 'so' }]);
    },
  );

  it.each([
    ['runs too long', { ...node('setInterval(()=>{},1e3)'), seconds: 0.3 }, /took longer than 0.3 s/],
    [
      'leaves a child that runs too long',
      { ...node('0'), run: ['sh', '-c', 'sleep 60 & wait'], seconds: 0.3 },
      /took longer/,
    ],
    [
      'is deaf to signals',
      { ...node('0'), run: ['sh', '-c', 'trap "" TERM INT; sleep 60'], seconds: 0.3 },
      /took longer/,
    ],
    [
      'leaves a child that left its group',
      { ...node('0'), run: ['sh', '-c', 'setsid sleep 4 & wait'], seconds: 0.3 },
      /took longer/,
    ],
    ['is killed', { ...node('0'), run: ['sh', '-c', 'kill -9 $$'] }, /was ended by SIGKILL/],
    [
      'writes bytes that are no text',
      { ...node('0'), run: ['printf', '\\377\\376\\001'] },
      /did not answer with JSON/,
    ],
    ['says more than JSON', { ...node('0'), run: ['echo', '{"pass":true} yes'] }, /did not answer with JSON/],
    [
      'fails after its answer',
      { ...node('0'), run: ['sh', '-c', `echo '{"pass":true}'; exit 1`] },
      /ended with code 1/,
    ],
    [
      'takes too much memory',
      {
        ...node('0'),
        run: ['sh', '-c', 'x=$(head -c 300000000 /dev/zero | tr "\\0" x); echo $x | wc -c'],
        megabytes: 64,
      },
      /ended (?:with code|by SIG)/,
    ],
    ['writes without end', { ...node('0'), run: ['yes'] }, /more than 1 MiB/],
    ['fails', node('process.exit(3)'), /ended with code 3/],
    ['is not there', { ...node('0'), run: ['/no/such/program'] }, /ended with code 127/],
    ['answers no JSON', node('console.log("fine")'), /did not answer with JSON/],
    ['answers without a verdict', node('console.log("{}")'), /without "pass"/],
  ])('is an error, not a verdict, when the program %s', async (_name, rule, message) => {
    await expect(checkResponse(rule, 'x')).rejects.toThrow(message);
  });
});
