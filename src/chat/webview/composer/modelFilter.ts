/** Filters the list of models by the words that the user types; pure. */

import type { ModelChoice, ModelGroup } from '../../common/protocol.ts';

/** Groups with the models in which each word of `filter` occurs somewhere: name, id, detail or group. */
export function filterModels(groups: readonly ModelGroup[], filter: string): ModelGroup[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return groups.flatMap((group) => {
    const models = group.models.filter((model) => {
      const text = `${group.label} ${model.name} ${model.ref} ${model.detail ?? ''}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    return models.length > 0 ? [{ label: group.label, models }] : [];
  });
}

/** What the user typed, when it could be the id of a model that is not listed. */
export function customModel(groups: readonly ModelGroup[], filter: string): string | undefined {
  const id = filter.trim();
  if (id === '' || /\s/.test(id) || id.length > 200) return undefined;
  const isListed = ({ ref }: ModelChoice) => ref === id || ref.slice(ref.indexOf('/') + 1) === id;
  return groups.some(({ models }) => models.some(isListed)) ? undefined : id;
}
