/** No colours of its own and nothing that moves: what is pressed carries a mark. */
export const css =
  '*{font:inherit}button,select,input{min-height:2.5em;min-width:2.5em;margin:2px}' +
  '[aria-pressed=true]::after{content:" ✓"}label,textarea{display:block}textarea{width:100%}';
