// Names for two controls that Django's admin scripts draw without one that screen readers may use.
'use strict';

function nameAutocompletes(root) {
  for (const box of root.querySelectorAll('.select2-container > .selection > .select2-selection')) {
    const select = box.closest('.select2-container').previousElementSibling;
    const name = select?.labels?.[0]?.textContent.trim();
    for (const part of name ? [box, ...box.querySelectorAll('[role="textbox"], .select2-search__field')] : []) {
      part.setAttribute('aria-label', name);
    }
  }
}

function nameHelpIcons(root) {
  for (const icon of root.querySelectorAll('span.help-tooltip[aria-label]')) {
    icon.setAttribute('role', 'img');
  }
}

// The scripts draw at a time of their own choosing, and again for each added row: wait for what they add.
new MutationObserver((changes) => {
  const added = changes.flatMap((change) => [...change.addedNodes]).filter((node) => node.nodeType === Node.ELEMENT_NODE);
  for (const node of added) {
    nameAutocompletes(node.parentElement ?? node);
    nameHelpIcons(node.parentElement ?? node);
  }
}).observe(document.body, { childList: true, subtree: true });
