import { renderTemplate, templateScope } from '../model/template.ts';
import { type Language } from '../model/words.ts';
import { type Chapter, type ChapterWords, type Edition, type Workshop } from '../model/workshop.ts';

/** A chapter's words in one language, with the values of the edition in them. */
export function chapterText(workshop: Workshop, edition: Edition, chapter: Chapter, language: Language): ChapterWords {
  const scope = templateScope(workshop, edition);
  const text = chapter.words[language];
  const render = (part: string): string => renderTemplate(part, scope);
  const steps = Object.entries(text.steps).map(
    ([id, step]) =>
      [id, { title: render(step.title), text: render(step.text), hints: step.hints.map(render) }] as const,
  );
  return {
    ...text,
    title: render(text.title),
    intro: render(text.intro),
    learnt: text.learnt.map(render),
    steps: Object.fromEntries(steps),
  };
}
