// Before signing out: what is still only on this device is named, and its owner says whether it stays.
'use strict';

(() => {
  const dialog = document.getElementById('keluar');
  const words = dialog.querySelector('[data-part="told"]');
  let form;

  function told({ sendings, files }) {
    const counted = [[sendings, words.dataset.sendings], [files, words.dataset.files]].filter(([count]) => count);
    return `${counted.map(([count, word]) => `${count} ${word}`).join(` ${words.dataset.and} `)} ${words.dataset.unsent}`;
  }

  const patience = () => new Promise((resolve) => { setTimeout(resolve, 3000); });

  async function ask(event) {
    event.preventDefault();
    form = event.target;
    if (typeof keepOnServer === 'function') await Promise.race([keepOnServer(), patience()]); // what was typed a moment ago
    await kept.forgetPages();
    const unsent = await kept.unsent();
    if (!unsent.sendings && !unsent.files) {
      await kept.forgetAll();
      form.submit();
      return;
    }
    words.textContent = told(unsent);
    dialog.returnValue = '';
    dialog.showModal();
  }

  dialog.addEventListener('close', async () => {
    if (!['simpan', 'hapus'].includes(dialog.returnValue)) return;
    if (dialog.returnValue === 'hapus') await kept.forgetAll();
    form.submit();
  });
  for (const way of document.querySelectorAll(`form[action="${dialog.dataset.action}"]`)) way.addEventListener('submit', ask);
})();
