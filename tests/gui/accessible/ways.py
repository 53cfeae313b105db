"""The ways to all that the window has to show: what a walk cannot find by pressing things is brought up first."""

from PySide6.QtWidgets import QLineEdit, QPushButton

from voipdesk.core.language import _
from voipdesk.gui.contacts.view import ContactsView
from voipdesk.gui.customers.view import CustomersView
from voipdesk.gui.dial.number_choice import NumberChoice


async def everywhere(session, demo, walk, until, find):
    """Take a walk to each pane, page, dialog, menu and box."""
    await review_of_a_customer(session.window, demo, walk, until, find)
    await a_contact(session.window, walk, until)
    for pane in session.window.offered:
        await walk.pane(pane)
    await several_numbers(session.window, walk, until, find)
    await walk.shortcuts()
    await until(lambda: session._beside)
    session._beside.quick_dial()
    await walk.look_over_it()
    walk.mistakes_expected = True
    session._show_bug(ValueError("a mistake"))
    await walk.look_over_it()


async def review_of_a_customer(window, demo, walk, until, find):
    """The way to a form with users, and to the changes before they are saved: something must be changed for that."""
    window.go_to("customers")
    view = await until(lambda: window.findChild(CustomersView))
    table = view.browse.customers.table
    await until(lambda: table.model().rowCount())
    name = next(name for name in demo.yay.names() if demo.yay.customer(name)["users"])
    table.pick(demo.yay.uuid(name))
    await until(lambda: find(view, QPushButton, _("Edit…")).isEnabled())
    view.browse.details.edit.click()
    await until(lambda: view.page is view.edit)
    await walk.look(window)
    find(view.edit, QLineEdit, _("Phone")).setText("1")
    view.edit.done_button.click()
    await until(lambda: view.page is view.review)
    await walk.look(window)
    view.review.back_button.click()
    view.edit.back_button.click()
    await walk.settled()


async def a_contact(window, walk, until):
    """The way to a contact's details: one must have been entered."""
    window.go_to("contacts")
    view = await until(lambda: window.findChild(ContactsView))
    await walk.settled()
    view.browse.new.click()
    view.edit.name.line.setText("Ann Lee")
    view.edit.done_button.click()
    await until(view.browse.details.edit.isVisible)
    await walk.look(window)


async def several_numbers(window, walk, until, find):
    """The way to a choice of numbers: a text that holds more than one."""
    window.go_to("dial")
    field = await until(lambda: find(window, QLineEdit, _("Number to dial")))
    field.setText("020 7946 0123 or 020 7946 0958")
    await until(lambda: any(choice.isVisible() for choice in window.findChildren(NumberChoice)))
    await walk.look(window)
