"""The link to what is shown."""

from __future__ import annotations

import html

import streamlit as st

from pages.ui.labels import Labels


def copy_link(labels: Labels, *, version: int = 0) -> None:
    """The buttons that copy the address of what is shown, which holds all of its state.

    Args:
        labels: the words of the reader's language.
        version: a version of the store: a second button fixes the link to it.
    """
    said = {"done": labels("share.copied"), "failed": labels("share.by_hand")}
    words = "".join(f' data-{name}="{html.escape(text)}"' for name, text in said.items())
    shown = (
        f'<button type="button" class="mv-small mv-copy" title="{html.escape(labels("share.copy_help"))}"{words}>'
        f"{labels('share.copy')}</button>"
    )
    if version:
        shown += (
            f'<button type="button" class="mv-small mv-copy" title="{html.escape(labels("share.pinned_help"))}"'
            f' data-version="{version}"{words}>{labels("share.pinned", version=version)}</button>'
        )
    st.html(f'<div class="mv-share">{shown}<span role="status" class="mv-said"></span></div>', width="content")
