// Says which words of the article a reader has selected, as places in its text.
//
// Pieces of the text carry the place where they begin (data-at); badges and marks between them are no text. JavaScript
// counts UTF-16 units, the tables count code points: a letter beyond the basic plane is one, not two.
export default function ({setTriggerValue}) {
  const points = text => [...text].length;
  const selected = () => {
    const text = document.querySelector('#mv-text'), selection = document.getSelection();
    if (!text || !selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(text)) return null;
    let start = null, stop = null;
    for (const piece of text.querySelectorAll('[data-at]')) {
      if (!range.intersectsNode(piece)) continue;
      const at = Number(piece.dataset.at), walk = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT);
      let before = 0;
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        if (range.intersectsNode(node)) {
          const first = node === range.startContainer ? range.startOffset : 0;
          const last = node === range.endContainer ? range.endOffset : node.data.length;
          if (first < last) {
            start ??= at + before + points(node.data.slice(0, first));
            stop = at + before + points(node.data.slice(0, last));
          }
        }
        before += points(node.data);
      }
    }
    return start === null ? null : {start, stop};
  };
  let last = '';
  const tell = event => {
    if (!event.target.closest?.('#mv-text') && event.type === 'keyup' && !event.shiftKey) return;
    setTimeout(() => {  // The selection is settled after the event.
      const found = selected(), said = JSON.stringify(found);
      if (found && said !== last) setTriggerValue('picked', found);
      last = said;
    }, 0);
  };
  document.addEventListener('mouseup', tell);
  document.addEventListener('touchend', tell);
  document.addEventListener('keyup', tell);
  document.documentElement.dataset.mvSelecting = 'yes';
  return () => {
    delete document.documentElement.dataset.mvSelecting;
    document.removeEventListener('mouseup', tell);
    document.removeEventListener('touchend', tell);
    document.removeEventListener('keyup', tell);
  };
}
