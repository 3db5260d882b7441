import { readFileSync } from 'node:fs';
import { failureCategories } from '../src/domain/failure-category.ts';
import { readComment } from '../src/feedback/understanding/read-comment.ts';

/** Rules against labelled comments: `npm run bench -- feedback-categories`. */
export function main(): void {
  const labelled = readFileSync('test/fixtures/feedback/labelled-comments.jsonl', 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { comment: string; category: string; half: string })
    .map((one) => ({ ...one, said: readComment(one.comment) }));
  console.log('| half | category | n | precision | recall |\n|---|---|---|---|---|');
  for (const half of ['design', 'held_out']) {
    const own = labelled.filter((one) => one.half === half);
    for (const category of failureCategories) {
      const given = own.filter(({ said }) => said.category === category);
      const wanted = own.filter((one) => one.category === category);
      const hits = given.filter((one) => one.category === category).length;
      console.log(
        `| ${half} | ${category} | ${wanted.length} | ${(hits / given.length).toFixed(2)} | ${(hits / wanted.length).toFixed(2)} |`,
      );
    }
    const right = own.filter(({ said, category }) => said.category === category).length;
    const confidence = own.reduce((sum, { said }) => sum + said.confidence, 0) / own.length;
    console.log(
      `| ${half} | all | ${own.length} | ${(right / own.length).toFixed(2)} | mean confidence ${confidence.toFixed(2)} |`,
    );
  }
}
