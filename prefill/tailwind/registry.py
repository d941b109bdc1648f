"""The items of shadcn/ui's registry that become files of the `ui` folder, as its command line names them.

https://ui.shadcn.com/docs/components
"""

from __future__ import annotations

_COMMON = (
    "accordion alert alert-dialog aspect-ratio avatar badge breadcrumb button button-group calendar card carousel chart checkbox "
    "collapsible combobox command context-menu dialog drawer dropdown-menu empty field form hover-card input input-group input-otp "
    "item kbd label menubar native-select navigation-menu pagination popover progress radio-group resizable scroll-area select "
    "separator sheet sidebar skeleton slider sonner spinner switch table tabs textarea toast toaster toggle toggle-group tooltip"
)
_OF: dict[str, frozenset[str]] = {
    "shadcn/ui": frozenset(f"{_COMMON} direction use-toast".split()),
    "shadcn-vue": frozenset(
        f"{_COMMON} auto-form number-field pin-input range-calendar stepper tags-input use-toast".split()
    ),
    "shadcn-svelte": frozenset(f"{_COMMON} data-table range-calendar".split()),
}
FOLDERS = frozenset({"shadcn-vue", "shadcn-svelte"})
"""Ports whose items are folders with an index; the items of shadcn/ui are files."""


def items(library: str) -> frozenset[str]:
    """The names of the items of a library's registry."""
    return _OF.get(library, _OF["shadcn/ui"])
