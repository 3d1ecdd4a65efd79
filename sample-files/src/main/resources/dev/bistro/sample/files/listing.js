'use strict';
// Uploads, deletions and new folders: requests that anybody can make (PUT, DELETE, MKCOL), and the page's table anew after them. Without this script, the
// page's forms do the same, but for the progress of uploads.
(() => {
    const drop = document.getElementById('drop');
    const files = document.getElementById('files');
    const uploads = document.getElementById('uploads');
    const newFolder = document.getElementById('new-folder');
    const status = document.getElementById('status');
    const PROBLEM = 'application/problem+json';

    function say(text) {
        status.textContent = text;
    }

    /** What a problem's body says; its status for a body that is none. */
    function detail(text, code) {
        try {
            return JSON.parse(text).detail;
        } catch {
            return `The server answered with ${code}.`;
        }
    }

    async function refresh() {
        const response = await fetch(location.href, {headers: {Accept: 'text/html'}});
        const page = new DOMParser().parseFromString(await response.text(), 'text/html');
        document.getElementById('listing').replaceWith(page.getElementById('listing'));
    }

    /** Makes a change without a body; resolves to whether it was made. */
    async function change(method, address) {
        try {
            const response = await fetch(address, {method, headers: {Accept: PROBLEM}});
            if (!response.ok) {
                say(detail(await response.text(), response.status));
            }
            return response.ok;
        } catch {
            say('The server can’t be reached.');
            return false;
        }
    }

    /** Sends a file; XMLHttpRequest alone tells how far it has come. */
    function send(file, replace, progress) {
        return new Promise(resolve => {
            const request = new XMLHttpRequest();
            request.open('PUT', encodeURIComponent(file.name));
            request.setRequestHeader('Accept', PROBLEM);
            request.setRequestHeader('Content-Type', 'application/octet-stream');
            if (!replace) {
                request.setRequestHeader('If-None-Match', '*');
            }
            request.upload.addEventListener('progress', event => {
                progress.max = Math.max(1, event.total);
                progress.value = event.loaded;
            });
            request.addEventListener('loadend', () => resolve(request));
            request.send(file);
        });
    }

    async function upload(file) {
        const item = document.createElement('li');
        const progress = document.createElement('progress');
        const outcome = document.createElement('span');
        progress.value = 0;
        progress.setAttribute('aria-label', `Upload of ${file.name}`);
        item.append(file.name, progress, outcome);
        uploads.append(item);
        let request = await send(file, false, progress);
        if (request.status === 412 && confirm(`Replace ${file.name}?`)) {
            request = await send(file, true, progress);
        }
        const done = request.status >= 200 && request.status < 300;
        if (done) {
            progress.max = progress.value = 1;
            outcome.textContent = 'done';
        } else {
            progress.remove();
            outcome.textContent = request.status === 0
                ? 'The upload broke off.'
                : request.status === 412 ? 'There is a file of that name already.' : detail(request.responseText, request.status);
        }
        return done;
    }

    /** One after the other, so that they come as fast as the first alone would. */
    let queue = Promise.resolve();

    function uploadAll(list) {
        queue = queue.then(async () => {
            let done = 0;
            for (const file of list) {
                done += await upload(file) ? 1 : 0;
            }
            await refresh();
            say(`${done} of ${list.length} uploaded.`);
        }).catch(() => say('The server can’t be reached.'));
    }

    /** The files that were dropped; a folder among them is none. */
    function dropped(transfer) {
        const items = [...transfer.items].filter(item => item.kind === 'file');
        return items.filter(item => !item.webkitGetAsEntry?.()?.isDirectory).map(item => item.getAsFile());
    }

    if (uploads) {
        files.addEventListener('change', () => {
            uploadAll([...files.files]);
            files.value = '';
        });
        addEventListener('dragover', event => {
            event.preventDefault();
            drop.classList.add('over');
        });
        addEventListener('dragleave', () => drop.classList.remove('over'));
        addEventListener('drop', event => {
            event.preventDefault();
            drop.classList.remove('over');
            uploadAll(dropped(event.dataTransfer));
        });
    }

    newFolder?.addEventListener('click', async event => {
        event.preventDefault();
        const name = prompt('Name of the new folder')?.trim();
        if (name && await change('MKCOL', `${encodeURIComponent(name)}/`)) {
            await refresh();
            say(`${name} was made.`);
        }
    });

    document.querySelector('main').addEventListener('click', async event => {
        if (!event.target.matches('button.delete')) {
            return;
        }
        event.preventDefault();
        const link = event.target.closest('tr').querySelector('td.name a');
        const name = link.textContent;
        if (confirm(`Delete ${name}?`) && await change('DELETE', link.getAttribute('href'))) {
            await refresh();
            say(`${name} was deleted.`);
            status.focus();
        }
    });

    for (const part of document.querySelectorAll('.by-form')) {
        part.remove(); // what only the forms need
    }
})();
