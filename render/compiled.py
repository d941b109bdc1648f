"""The partials of `templates/`, compiled by Jinja2. Generated: run `python -m prefill.render.compiling` after a change."""

# mypy: ignore-errors
# pyright: basic, reportPossiblyUnbound=false, reportUnusedExpression=false

from prefill.render.runtime import ENVIRONMENT as environment
from prefill.render.runtime import (
    LoopContext,
    Macro,
    Markup,
    Namespace,
    TemplateNotFound,
    TemplateReference,
    TemplateRuntimeError,
    Undefined,
    escape,
    identity,
    internalcode,
    markup_join,
    missing,
    str_join,
)


# labels/authentication.md.j2
def root_0(context, missing=missing, environment=environment):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_library = l_0_oauth = l_0_passkey = l_0_password = l_0_session = l_0_helper = l_0_gate = l_0_other_gate = l_0_redirect = l_0_unread = l_0_matcher_unknown = l_0_covers = l_0_not_covered = l_0_unchecked = l_0_covers_only = l_0_no_gate = l_0_dead = l_0_dead_beside = l_0_unused = missing
    try:
        t_1 = environment.filters['code']
    except KeyError:
        @internalcode
        def t_1(*unused):
            raise TemplateRuntimeError("No filter named 'code' found.")
    try:
        t_2 = environment.filters['codes']
    except KeyError:
        @internalcode
        def t_2(*unused):
            raise TemplateRuntimeError("No filter named 'codes' found.")
    try:
        t_3 = environment.filters['join']
    except KeyError:
        @internalcode
        def t_3(*unused):
            raise TemplateRuntimeError("No filter named 'join' found.")
    pass
    def macro(l_1_name, l_1_version, l_1_package, l_1_setup, l_1_methods, l_1_more, l_1_strategy, l_1_adapter, l_1_conditional, l_1_unset, l_1_reachable, l_1_own):
        t_4 = []
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        if l_1_version is missing:
            l_1_version = undefined("parameter 'version' was not provided", name='version')
        if l_1_package is missing:
            l_1_package = undefined("parameter 'package' was not provided", name='package')
        if l_1_setup is missing:
            l_1_setup = undefined("parameter 'setup' was not provided", name='setup')
        if l_1_methods is missing:
            l_1_methods = undefined("parameter 'methods' was not provided", name='methods')
        if l_1_more is missing:
            l_1_more = undefined("parameter 'more' was not provided", name='more')
        if l_1_strategy is missing:
            l_1_strategy = undefined("parameter 'strategy' was not provided", name='strategy')
        if l_1_adapter is missing:
            l_1_adapter = undefined("parameter 'adapter' was not provided", name='adapter')
        if l_1_conditional is missing:
            l_1_conditional = undefined("parameter 'conditional' was not provided", name='conditional')
        if l_1_unset is missing:
            l_1_unset = undefined("parameter 'unset' was not provided", name='unset')
        if l_1_reachable is missing:
            l_1_reachable = undefined("parameter 'reachable' was not provided", name='reachable')
        if l_1_own is missing:
            l_1_own = undefined("parameter 'own' was not provided", name='own')
        pass
        t_4.append(
            escape(environment.finalize(l_1_name)),
        )
        if l_1_package:
            pass
            t_4.extend((
                ' by ',
                escape(environment.finalize(t_1(l_1_package))),
            ))
        if l_1_version:
            pass
            t_4.extend((
                ' ',
                escape(environment.finalize(l_1_version)),
            ))
        if l_1_setup:
            pass
            t_4.extend((
                ' (',
                escape(environment.finalize(t_1(l_1_setup))),
            ))
            if (not l_1_reachable):
                pass
                t_4.extend((
                    ', which ',
                    escape(environment.finalize(('nothing' if l_1_own else 'this app does not'))),
                    ' ',
                    escape(environment.finalize(('imports' if l_1_own else 'import'))),
                ))
            t_4.append(
                ')',
            )
        elif l_1_unset:
            pass
            t_4.append(
                ' (not set up in this app)',
            )
        if (l_1_strategy == 'jwt'):
            pass
            t_4.append(
                ', JWT sessions',
            )
        elif (l_1_strategy == 'database'):
            pass
            t_4.append(
                ', database sessions',
            )
        if l_1_adapter:
            pass
            t_4.extend((
                ', ',
                escape(environment.finalize(l_1_adapter)),
                ' adapter',
            ))
        if (l_1_methods or l_1_conditional):
            pass
            t_4.extend((
                ', sign-in by ',
                escape(environment.finalize(t_3((l_1_methods or l_1_conditional), ', '))),
            ))
            if (l_1_methods and l_1_conditional):
                pass
                t_4.extend((
                    ', and only under a condition in the code by ',
                    escape(environment.finalize(t_3(l_1_conditional, ', '))),
                ))
            if l_1_more:
                pass
                t_4.extend((
                    ', … and ',
                    escape(environment.finalize(l_1_more)),
                    ' more',
                ))
            if (l_1_conditional and (not l_1_methods)):
                pass
                t_4.append(
                    ' (each only under a condition in the code)',
                )
        return concat(t_4)
    context.exported_vars.add('library')
    context.vars['library'] = l_0_library = Macro(environment, macro, 'library', ('name', 'version', 'package', 'setup', 'methods', 'more', 'strategy', 'adapter', 'conditional', 'unset', 'reachable', 'own'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_name, l_1_methods):
        t_5 = []
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        if l_1_methods is missing:
            l_1_methods = undefined("parameter 'methods' was not provided", name='methods')
        pass
        t_5.extend((
            'OAuth by ',
            escape(environment.finalize(t_1(l_1_name))),
        ))
        if l_1_methods:
            pass
            t_5.extend((
                ': ',
                escape(environment.finalize(t_3(l_1_methods, ', '))),
            ))
        return concat(t_5)
    context.exported_vars.add('oauth')
    context.vars['oauth'] = l_0_oauth = Macro(environment, macro, 'oauth', ('name', 'methods'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_name, l_1_methods):
        t_6 = []
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        if l_1_methods is missing:
            l_1_methods = undefined("parameter 'methods' was not provided", name='methods')
        pass
        t_6.extend((
            'passkeys by ',
            escape(environment.finalize(t_1(l_1_name))),
        ))
        return concat(t_6)
    context.exported_vars.add('passkey')
    context.vars['passkey'] = l_0_passkey = Macro(environment, macro, 'passkey', ('name', 'methods'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_name, l_1_methods):
        t_7 = []
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        if l_1_methods is missing:
            l_1_methods = undefined("parameter 'methods' was not provided", name='methods')
        pass
        t_7.extend((
            'passwords by ',
            escape(environment.finalize(t_1(l_1_name))),
        ))
        return concat(t_7)
    context.exported_vars.add('password')
    context.vars['password'] = l_0_password = Macro(environment, macro, 'password', ('name', 'methods'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_cookie, l_1_by, l_1_strategy, l_1_file):
        t_8 = []
        if l_1_cookie is missing:
            l_1_cookie = undefined("parameter 'cookie' was not provided", name='cookie')
        if l_1_by is missing:
            l_1_by = undefined("parameter 'by' was not provided", name='by')
        if l_1_strategy is missing:
            l_1_strategy = undefined("parameter 'strategy' was not provided", name='strategy')
        if l_1_file is missing:
            l_1_file = undefined("parameter 'file' was not provided", name='file')
        pass
        if (l_1_strategy == 'bearer'):
            pass
            t_8.extend((
                'JWTs checked by ',
                escape(environment.finalize(t_1(l_1_by))),
            ))
        else:
            pass
            t_8.append(
                'own session',
            )
            if l_1_cookie:
                pass
                t_8.extend((
                    ' cookie ',
                    escape(environment.finalize(t_1(l_1_cookie))),
                ))
            t_8.append(
                ', ',
            )
            if (l_1_strategy == 'jwt'):
                pass
                t_8.append(
                    'JWT',
                )
            else:
                pass
                t_8.append(
                    escape(environment.finalize(l_1_strategy)),
                )
            t_8.extend((
                ' by ',
                escape(environment.finalize(t_1(l_1_by))),
            ))
        t_8.extend((
            ' (',
            escape(environment.finalize(t_1(l_1_file))),
            ')',
        ))
        return concat(t_8)
    context.exported_vars.add('session')
    context.vars['session'] = l_0_session = Macro(environment, macro, 'session', ('cookie', 'by', 'strategy', 'file'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_name, l_1_file, l_1_first):
        t_9 = []
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        if l_1_file is missing:
            l_1_file = undefined("parameter 'file' was not provided", name='file')
        if l_1_first is missing:
            l_1_first = undefined("parameter 'first' was not provided", name='first')
        pass
        if l_1_first:
            pass
            t_9.append(
                'read by ',
            )
        t_9.extend((
            escape(environment.finalize(t_1(l_1_name))),
            ' (',
            escape(environment.finalize(t_1(l_1_file))),
            ')',
        ))
        return concat(t_9)
    context.exported_vars.add('helper')
    context.vars['helper'] = l_0_helper = Macro(environment, macro, 'helper', ('name', 'file', 'first'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_file, l_1_providers):
        t_10 = []
        if l_1_file is missing:
            l_1_file = undefined("parameter 'file' was not provided", name='file')
        if l_1_providers is missing:
            l_1_providers = undefined("parameter 'providers' was not provided", name='providers')
        pass
        t_10.extend((
            'Gate ',
            escape(environment.finalize(t_1(l_1_file))),
        ))
        return concat(t_10)
    context.exported_vars.add('gate')
    context.vars['gate'] = l_0_gate = Macro(environment, macro, 'gate', ('file', 'providers'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_file, l_1_providers):
        t_11 = []
        if l_1_file is missing:
            l_1_file = undefined("parameter 'file' was not provided", name='file')
        if l_1_providers is missing:
            l_1_providers = undefined("parameter 'providers' was not provided", name='providers')
        pass
        t_11.extend((
            escape(environment.finalize(t_1(l_1_file))),
            ' runs before requests, no authentication seen in it',
        ))
        return concat(t_11)
    context.exported_vars.add('other_gate')
    context.vars['other_gate'] = l_0_other_gate = Macro(environment, macro, 'other_gate', ('file', 'providers'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_signed_in, l_1_cookie, l_1_session, l_1_paths, l_1_besides, l_1_more, l_1_code, l_1_unless, l_1_kind, l_1_to):
        t_12 = []
        if l_1_signed_in is missing:
            l_1_signed_in = undefined("parameter 'signed_in' was not provided", name='signed_in')
        if l_1_cookie is missing:
            l_1_cookie = undefined("parameter 'cookie' was not provided", name='cookie')
        if l_1_session is missing:
            l_1_session = undefined("parameter 'session' was not provided", name='session')
        if l_1_paths is missing:
            l_1_paths = undefined("parameter 'paths' was not provided", name='paths')
        if l_1_besides is missing:
            l_1_besides = undefined("parameter 'besides' was not provided", name='besides')
        if l_1_more is missing:
            l_1_more = undefined("parameter 'more' was not provided", name='more')
        if l_1_code is missing:
            l_1_code = undefined("parameter 'code' was not provided", name='code')
        if l_1_unless is missing:
            l_1_unless = undefined("parameter 'unless' was not provided", name='unless')
        if l_1_kind is missing:
            l_1_kind = undefined("parameter 'kind' was not provided", name='kind')
        if l_1_to is missing:
            l_1_to = undefined("parameter 'to' was not provided", name='to')
        pass
        if l_1_cookie:
            pass
            t_12.extend((
                escape(environment.finalize(('a' if l_1_signed_in else 'no'))),
                ' ',
                escape(environment.finalize(t_1(l_1_cookie))),
                ' cookie',
            ))
        else:
            pass
            t_12.extend((
                'signed ',
                escape(environment.finalize(('in' if l_1_signed_in else 'out'))),
                ' (',
                escape(environment.finalize(t_1(l_1_session))),
                ')',
            ))
        if l_1_paths:
            pass
            t_12.extend((
                ' on ',
                escape(environment.finalize(t_2(l_1_paths))),
            ))
        if l_1_besides:
            pass
            if l_1_paths:
                pass
                t_12.append(
                    ',',
                )
            t_12.extend((
                ' except on ',
                escape(environment.finalize(t_2(l_1_besides))),
            ))
            if l_1_more:
                pass
                t_12.extend((
                    ' and ',
                    escape(environment.finalize(l_1_more)),
                    ' more',
                ))
        l_2_loop = missing
        for l_2_one, l_2_loop in LoopContext(l_1_code, undefined):
            _loop_vars = {}
            pass
            if environment.getattr(l_2_loop, 'first'):
                pass
                t_12.append(
                    ' if ',
                )
            else:
                pass
                t_12.append(
                    ' and ',
                )
            t_12.append(
                escape(environment.finalize(t_1(l_2_one))),
            )
        l_2_loop = l_2_one = missing
        t_12.append(
            ' → ',
        )
        if (l_1_kind == 'answer'):
            pass
            t_12.extend((
                'status ',
                escape(environment.finalize(l_1_to)),
            ))
        else:
            pass
            t_12.extend((
                escape(environment.finalize(l_1_kind)),
                ' ',
            ))
            if (' ' in l_1_to):
                pass
                t_12.extend((
                    'to ',
                    escape(environment.finalize(l_1_to)),
                ))
            else:
                pass
                t_12.append(
                    escape(environment.finalize(t_1(l_1_to))),
                )
        if l_1_unless:
            pass
            t_12.append(
                ' (if no code above it returns first)',
            )
        return concat(t_12)
    context.exported_vars.add('redirect')
    context.vars['redirect'] = l_0_redirect = Macro(environment, macro, 'redirect', ('signed_in', 'cookie', 'session', 'paths', 'besides', 'more', 'code', 'unless', 'kind', 'to'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_providers):
        t_13 = []
        if l_1_providers is missing:
            l_1_providers = undefined("parameter 'providers' was not provided", name='providers')
        pass
        t_13.extend((
            'calls ',
            escape(environment.finalize(t_3(l_1_providers, ', '))),
            '; its code shows no redirect of signed-out users',
        ))
        return concat(t_13)
    context.exported_vars.add('unread')
    context.vars['unread'] = l_0_unread = Macro(environment, macro, 'unread', ('providers',), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro():
        t_14 = []
        pass
        t_14.append(
            'Its matcher is no literal, which Next refuses',
        )
        return concat(t_14)
    context.exported_vars.add('matcher_unknown')
    context.vars['matcher_unknown'] = l_0_matcher_unknown = Macro(environment, macro, 'matcher_unknown', (), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_total, l_1_usually, l_1_depends):
        t_15 = []
        if l_1_total is missing:
            l_1_total = undefined("parameter 'total' was not provided", name='total')
        if l_1_usually is missing:
            l_1_usually = undefined("parameter 'usually' was not provided", name='usually')
        if l_1_depends is missing:
            l_1_depends = undefined("parameter 'depends' was not provided", name='depends')
        pass
        t_15.extend((
            'It runs for all ',
            escape(environment.finalize(l_1_total)),
            ' ',
        ))
        if l_1_depends:
            pass
            t_15.append(
                'other ',
            )
        t_15.append(
            'routes',
        )
        if l_1_usually:
            pass
            t_15.extend((
                '; parameter values that match its exceptions are skipped in ',
                escape(environment.finalize(('all' if (l_1_usually == l_1_total) else l_1_usually))),
                ' of them',
            ))
        if l_1_depends:
            pass
            t_15.extend((
                '; for ',
                escape(environment.finalize(l_1_depends)),
                ' it depends on their parameters',
            ))
        return concat(t_15)
    context.exported_vars.add('covers')
    context.vars['covers'] = l_0_covers = Macro(environment, macro, 'covers', ('total', 'usually', 'depends'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_api, l_1_exceptions, l_1_paths, l_1_more, l_1_handlers, l_1_pages, l_1_depends, l_1_locale):
        t_16 = []
        if l_1_api is missing:
            l_1_api = undefined("parameter 'api' was not provided", name='api')
        if l_1_exceptions is missing:
            l_1_exceptions = undefined("parameter 'exceptions' was not provided", name='exceptions')
        if l_1_paths is missing:
            l_1_paths = undefined("parameter 'paths' was not provided", name='paths')
        if l_1_more is missing:
            l_1_more = undefined("parameter 'more' was not provided", name='more')
        if l_1_handlers is missing:
            l_1_handlers = undefined("parameter 'handlers' was not provided", name='handlers')
        if l_1_pages is missing:
            l_1_pages = undefined("parameter 'pages' was not provided", name='pages')
        if l_1_depends is missing:
            l_1_depends = undefined("parameter 'depends' was not provided", name='depends')
        if l_1_locale is missing:
            l_1_locale = undefined("parameter 'locale' was not provided", name='locale')
        pass
        t_16.append(
            'It does not run for ',
        )
        if l_1_api:
            pass
            t_16.append(
                '`/api/*`',
            )
            if l_1_exceptions:
                pass
                t_16.extend((
                    ' (but for ',
                    escape(environment.finalize(t_2(l_1_exceptions))),
                    ')',
                ))
            if l_1_paths:
                pass
                t_16.append(
                    ', ',
                )
        t_16.append(
            escape(environment.finalize(t_2(l_1_paths))),
        )
        if l_1_more:
            pass
            t_16.extend((
                ', … and ',
                escape(environment.finalize(l_1_more)),
                ' more',
            ))
        t_16.append(
            ': ',
        )
        if l_1_handlers:
            pass
            t_16.extend((
                escape(environment.finalize(l_1_handlers)),
                ' route ',
                escape(environment.finalize(('handler' if (l_1_handlers == 1) else 'handlers'))),
            ))
        if (l_1_handlers and l_1_pages):
            pass
            t_16.append(
                ', ',
            )
        if l_1_pages:
            pass
            t_16.extend((
                escape(environment.finalize(l_1_pages)),
                ' ',
                escape(environment.finalize(('page' if (l_1_pages == 1) else 'pages'))),
            ))
        if l_1_locale:
            pass
            t_16.append(
                ' (`i18n` puts a locale first, and the matcher asks for a segment after it)',
            )
        if l_1_depends:
            pass
            t_16.extend((
                ' (and ',
                escape(environment.finalize(l_1_depends)),
                ' more, by their parameters)',
            ))
        return concat(t_16)
    context.exported_vars.add('not_covered')
    context.vars['not_covered'] = l_0_not_covered = Macro(environment, macro, 'not_covered', ('api', 'exceptions', 'paths', 'more', 'handlers', 'pages', 'depends', 'locale'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_count, l_1_total, l_1_paths, l_1_more, l_1_others, l_1_otherwise, l_1_gate):
        t_17 = []
        if l_1_count is missing:
            l_1_count = undefined("parameter 'count' was not provided", name='count')
        if l_1_total is missing:
            l_1_total = undefined("parameter 'total' was not provided", name='total')
        if l_1_paths is missing:
            l_1_paths = undefined("parameter 'paths' was not provided", name='paths')
        if l_1_more is missing:
            l_1_more = undefined("parameter 'more' was not provided", name='more')
        if l_1_others is missing:
            l_1_others = undefined("parameter 'others' was not provided", name='others')
        if l_1_otherwise is missing:
            l_1_otherwise = undefined("parameter 'otherwise' was not provided", name='otherwise')
        if l_1_gate is missing:
            l_1_gate = undefined("parameter 'gate' was not provided", name='gate')
        pass
        if (not l_1_gate):
            pass
            t_17.extend((
                escape(environment.finalize(l_1_total)),
                ' route ',
                escape(environment.finalize(('handler' if (l_1_total == 1) else 'handlers'))),
            ))
            if l_1_others:
                pass
                t_17.append(
                    ' besides those that sign in',
                )
            t_17.append(
                ', ',
            )
        if (l_1_count == 0):
            pass
            if (l_1_gate and l_1_others):
                pass
                t_17.append(
                    'all that do not sign in',
                )
            elif (l_1_total == 1):
                pass
                t_17.append(
                    'which',
                )
            else:
                pass
                t_17.append(
                    'all of which',
                )
            t_17.append(
                ' ',
            )
            if l_1_otherwise:
                pass
                t_17.extend((
                    escape(environment.finalize(('checks' if ((l_1_total == 1) and (not (l_1_gate and l_1_others))) else 'check'))),
                    ' the session, a key or a signature',
                ))
            else:
                pass
                t_17.extend((
                    escape(environment.finalize(('reads' if ((l_1_total == 1) and (not (l_1_gate and l_1_others))) else 'read'))),
                    ' the session',
                ))
        else:
            pass
            t_17.append(
                'no check seen in ',
            )
            if (l_1_count < l_1_total):
                pass
                t_17.append(
                    escape(environment.finalize(l_1_count)),
                )
                if l_1_gate:
                    pass
                    t_17.append(
                        ' of them',
                    )
            elif (l_1_gate and l_1_others):
                pass
                t_17.append(
                    'any but those that sign in',
                )
            else:
                pass
                t_17.append(
                    escape(environment.finalize(('it' if (l_1_total == 1) else 'any of them'))),
                )
            t_17.extend((
                ' (',
                escape(environment.finalize(t_2(l_1_paths))),
            ))
            if l_1_more:
                pass
                t_17.append(
                    ', …',
                )
            t_17.append(
                ')',
            )
        return concat(t_17)
    context.exported_vars.add('unchecked')
    context.vars['unchecked'] = l_0_unchecked = Macro(environment, macro, 'unchecked', ('count', 'total', 'paths', 'more', 'others', 'otherwise', 'gate'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_api, l_1_paths, l_1_more, l_1_count, l_1_total, l_1_depends):
        t_18 = []
        if l_1_api is missing:
            l_1_api = undefined("parameter 'api' was not provided", name='api')
        if l_1_paths is missing:
            l_1_paths = undefined("parameter 'paths' was not provided", name='paths')
        if l_1_more is missing:
            l_1_more = undefined("parameter 'more' was not provided", name='more')
        if l_1_count is missing:
            l_1_count = undefined("parameter 'count' was not provided", name='count')
        if l_1_total is missing:
            l_1_total = undefined("parameter 'total' was not provided", name='total')
        if l_1_depends is missing:
            l_1_depends = undefined("parameter 'depends' was not provided", name='depends')
        pass
        if (not l_1_count):
            pass
            t_18.extend((
                'It runs for none of ',
                escape(environment.finalize(l_1_total)),
                ' routes',
            ))
        else:
            pass
            t_18.append(
                'It runs only for ',
            )
            if l_1_api:
                pass
                t_18.append(
                    '`/api/*`',
                )
            else:
                pass
                t_18.append(
                    escape(environment.finalize(t_2(l_1_paths))),
                )
                if l_1_more:
                    pass
                    t_18.extend((
                        ', … and ',
                        escape(environment.finalize(l_1_more)),
                        ' more',
                    ))
            t_18.extend((
                ': ',
                escape(environment.finalize(l_1_count)),
                ' of ',
                escape(environment.finalize(l_1_total)),
                ' routes',
            ))
        if l_1_depends:
            pass
            t_18.extend((
                ' (and for ',
                escape(environment.finalize(l_1_depends)),
                ' it depends on their parameters)',
            ))
        return concat(t_18)
    context.exported_vars.add('covers_only')
    context.vars['covers_only'] = l_0_covers_only = Macro(environment, macro, 'covers_only', ('api', 'paths', 'more', 'count', 'total', 'depends'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_router):
        t_19 = []
        if l_1_router is missing:
            l_1_router = undefined("parameter 'router' was not provided", name='router')
        pass
        t_19.extend((
            'No gate file (looked for `middleware.*` and `proxy.*` beside ',
            escape(environment.finalize(t_1(l_1_router))),
            ')',
        ))
        return concat(t_19)
    context.exported_vars.add('no_gate')
    context.vars['no_gate'] = l_0_no_gate = Macro(environment, macro, 'no_gate', ('router',), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_path, l_1_reason):
        t_20 = []
        if l_1_path is missing:
            l_1_path = undefined("parameter 'path' was not provided", name='path')
        if l_1_reason is missing:
            l_1_reason = undefined("parameter 'reason' was not provided", name='reason')
        pass
        t_20.extend((
            '**No live gate:** ',
            escape(environment.finalize(t_1(l_1_path))),
            ' never runs: ',
            escape(environment.finalize(l_1_reason)),
        ))
        return concat(t_20)
    context.exported_vars.add('dead')
    context.vars['dead'] = l_0_dead = Macro(environment, macro, 'dead', ('path', 'reason'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_path, l_1_reason):
        t_21 = []
        if l_1_path is missing:
            l_1_path = undefined("parameter 'path' was not provided", name='path')
        if l_1_reason is missing:
            l_1_reason = undefined("parameter 'reason' was not provided", name='reason')
        pass
        t_21.extend((
            escape(environment.finalize(t_1(l_1_path))),
            ' never runs: ',
            escape(environment.finalize(l_1_reason)),
        ))
        return concat(t_21)
    context.exported_vars.add('dead_beside')
    context.vars['dead_beside'] = l_0_dead_beside = Macro(environment, macro, 'dead_beside', ('path', 'reason'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_package):
        t_22 = []
        if l_1_package is missing:
            l_1_package = undefined("parameter 'package' was not provided", name='package')
        pass
        t_22.extend((
            escape(environment.finalize(t_1(l_1_package))),
            ' is installed and never imported',
        ))
        return concat(t_22)
    context.exported_vars.add('unused')
    context.vars['unused'] = l_0_unused = Macro(environment, macro, 'unused', ('package',), False, False, False, context.eval_ctx.autoescape)


# labels/components.md.j2
def root_1(context, missing=missing, environment=environment):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_primitives = l_0_component = l_0_total = missing
    try:
        t_1 = environment.filters['code']
    except KeyError:
        @internalcode
        def t_1(*unused):
            raise TemplateRuntimeError("No filter named 'code' found.")
    try:
        t_2 = environment.filters['join']
    except KeyError:
        @internalcode
        def t_2(*unused):
            raise TemplateRuntimeError("No filter named 'join' found.")
    pass
    def macro(l_1_folder, l_1_count, l_1_names, l_1_more):
        t_3 = []
        if l_1_folder is missing:
            l_1_folder = undefined("parameter 'folder' was not provided", name='folder')
        if l_1_count is missing:
            l_1_count = undefined("parameter 'count' was not provided", name='count')
        if l_1_names is missing:
            l_1_names = undefined("parameter 'names' was not provided", name='names')
        if l_1_more is missing:
            l_1_more = undefined("parameter 'more' was not provided", name='more')
        pass
        t_3.extend((
            escape(environment.finalize(t_1(l_1_folder))),
            ' (the `ui` folder of shadcn/ui, ',
            escape(environment.finalize(l_1_count)),
            ' ',
            escape(environment.finalize(('module' if (l_1_count == 1) else 'modules'))),
            ': ',
            escape(environment.finalize(t_2(l_1_names, ', '))),
        ))
        if l_1_more:
            pass
            t_3.extend((
                ', … and ',
                escape(environment.finalize(l_1_more)),
                ' more',
            ))
        t_3.append(
            ')',
        )
        return concat(t_3)
    context.exported_vars.add('primitives')
    context.vars['primitives'] = l_0_primitives = Macro(environment, macro, 'primitives', ('folder', 'count', 'names', 'more'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_first, l_1_apart, l_1_ranked, l_1_name, l_1_file, l_1_uses, l_1_client):
        t_4 = []
        if l_1_first is missing:
            l_1_first = undefined("parameter 'first' was not provided", name='first')
        if l_1_apart is missing:
            l_1_apart = undefined("parameter 'apart' was not provided", name='apart')
        if l_1_ranked is missing:
            l_1_ranked = undefined("parameter 'ranked' was not provided", name='ranked')
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        if l_1_file is missing:
            l_1_file = undefined("parameter 'file' was not provided", name='file')
        if l_1_uses is missing:
            l_1_uses = undefined("parameter 'uses' was not provided", name='uses')
        if l_1_client is missing:
            l_1_client = undefined("parameter 'client' was not provided", name='client')
        pass
        if (l_1_first and l_1_apart):
            pass
            t_4.append(
                'outside it ',
            )
        if (l_1_first and l_1_ranked):
            pass
            t_4.append(
                'imported most: ',
            )
        t_4.extend((
            escape(environment.finalize(l_1_name)),
            ' in ',
            escape(environment.finalize(t_1(l_1_file))),
            ' (by ',
            escape(environment.finalize(l_1_uses)),
            ' ',
            escape(environment.finalize(('module' if (l_1_uses == 1) else 'modules'))),
        ))
        if l_1_client:
            pass
            t_4.append(
                ', client',
            )
        t_4.append(
            ')',
        )
        return concat(t_4)
    context.exported_vars.add('component')
    context.vars['component'] = l_0_component = Macro(environment, macro, 'component', ('first', 'apart', 'ranked', 'name', 'file', 'uses', 'client'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_count, l_1_files, l_1_client, l_1_packages):
        t_5 = []
        if l_1_count is missing:
            l_1_count = undefined("parameter 'count' was not provided", name='count')
        if l_1_files is missing:
            l_1_files = undefined("parameter 'files' was not provided", name='files')
        if l_1_client is missing:
            l_1_client = undefined("parameter 'client' was not provided", name='client')
        if l_1_packages is missing:
            l_1_packages = undefined("parameter 'packages' was not provided", name='packages')
        pass
        t_5.extend((
            escape(environment.finalize(l_1_count)),
            ' exported ',
            escape(environment.finalize(('component' if (l_1_count == 1) else 'components'))),
            ' in ',
            escape(environment.finalize(l_1_files)),
            ' ',
            escape(environment.finalize(('file' if (l_1_files == 1) else 'files'))),
        ))
        if l_1_packages:
            pass
            t_5.extend((
                ' of the app and ',
                escape(environment.finalize(l_1_packages)),
                ' ',
                escape(environment.finalize(('package' if (l_1_packages == 1) else 'packages'))),
                ' that it uses',
            ))
        if l_1_client:
            pass
            t_5.extend((
                '; ',
                escape(environment.finalize(l_1_client)),
                ' of the files ',
                escape(environment.finalize(('has' if (l_1_client == 1) else 'have'))),
                ' `"use client"`',
            ))
        return concat(t_5)
    context.exported_vars.add('total')
    context.vars['total'] = l_0_total = Macro(environment, macro, 'total', ('count', 'files', 'client', 'packages'), False, False, False, context.eval_ctx.autoescape)


# labels/current_state.md.j2
def root_2(context, missing=missing, environment=environment):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_traps = l_0_trap = l_0_more_traps = l_0_command = l_0_runner = l_0_other_tests = l_0_no_tests = l_0_workflow = l_0_more_workflows = l_0_environment = l_0_areas = missing
    try:
        t_1 = environment.filters['code']
    except KeyError:
        @internalcode
        def t_1(*unused):
            raise TemplateRuntimeError("No filter named 'code' found.")
    try:
        t_2 = environment.filters['codes']
    except KeyError:
        @internalcode
        def t_2(*unused):
            raise TemplateRuntimeError("No filter named 'codes' found.")
    try:
        t_3 = environment.filters['join']
    except KeyError:
        @internalcode
        def t_3(*unused):
            raise TemplateRuntimeError("No filter named 'join' found.")
    try:
        t_4 = environment.filters['length']
    except KeyError:
        @internalcode
        def t_4(*unused):
            raise TemplateRuntimeError("No filter named 'length' found.")
    try:
        t_5 = environment.filters['replace']
    except KeyError:
        @internalcode
        def t_5(*unused):
            raise TemplateRuntimeError("No filter named 'replace' found.")
    pass
    l_0_traps = context.vars['traps'] = environment.get_template('traps.md.j2', 'labels/current_state.md.j2')._get_default_module(context)
    context.exported_vars.discard('traps')
    def macro(l_1_first, l_1_name, l_1_values):
        t_6 = []
        if l_1_first is missing:
            l_1_first = undefined("parameter 'first' was not provided", name='first')
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        if l_1_values is missing:
            l_1_values = undefined("parameter 'values' was not provided", name='values')
        pass
        if l_1_first:
            pass
            t_6.append(
                'Traps: ',
            )
        t_6.append(
            escape(environment.finalize(context.call(environment.getitem((undefined(name='traps') if l_0_traps is missing else l_0_traps), t_5(l_1_name, '-', '_')), **l_1_values))),
        )
        return concat(t_6)
    context.exported_vars.add('trap')
    context.vars['trap'] = l_0_trap = Macro(environment, macro, 'trap', ('first', 'name', 'values'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_count):
        t_7 = []
        if l_1_count is missing:
            l_1_count = undefined("parameter 'count' was not provided", name='count')
        pass
        t_7.extend((
            '… and ',
            escape(environment.finalize(l_1_count)),
            ' more ',
            escape(environment.finalize(('trap' if (l_1_count == 1) else 'traps'))),
            ' (`prefill --format json`)',
        ))
        return concat(t_7)
    context.exported_vars.add('more_traps')
    context.vars['more_traps'] = l_0_more_traps = Macro(environment, macro, 'more_traps', ('count',), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_first, l_1_folder, l_1_task, l_1_command, l_1_note):
        t_8 = []
        if l_1_first is missing:
            l_1_first = undefined("parameter 'first' was not provided", name='first')
        if l_1_folder is missing:
            l_1_folder = undefined("parameter 'folder' was not provided", name='folder')
        if l_1_task is missing:
            l_1_task = undefined("parameter 'task' was not provided", name='task')
        if l_1_command is missing:
            l_1_command = undefined("parameter 'command' was not provided", name='command')
        if l_1_note is missing:
            l_1_note = undefined("parameter 'note' was not provided", name='note')
        pass
        if l_1_first:
            pass
            t_8.append(
                'Commands',
            )
            if (not l_1_folder):
                pass
                t_8.append(
                    ': ',
                )
        if l_1_folder:
            pass
            if l_1_first:
                pass
                t_8.append(
                    ' ',
                )
            if (l_1_folder == '.'):
                pass
                t_8.append(
                    'at the root',
                )
            else:
                pass
                t_8.extend((
                    'in ',
                    escape(environment.finalize(t_1(l_1_folder))),
                ))
            t_8.append(
                ': ',
            )
        t_8.extend((
            escape(environment.finalize(l_1_task)),
            ' ',
            escape(environment.finalize(t_1(l_1_command))),
        ))
        if l_1_note:
            pass
            t_8.extend((
                ' (',
                escape(environment.finalize(l_1_note)),
                ')',
            ))
        return concat(t_8)
    context.exported_vars.add('command')
    context.vars['command'] = l_0_command = Macro(environment, macro, 'command', ('first', 'folder', 'task', 'command', 'note'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_first, l_1_name, l_1_files, l_1_own, l_1_app, l_1_folders, l_1_more, l_1_config):
        t_9 = []
        if l_1_first is missing:
            l_1_first = undefined("parameter 'first' was not provided", name='first')
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        if l_1_files is missing:
            l_1_files = undefined("parameter 'files' was not provided", name='files')
        if l_1_own is missing:
            l_1_own = undefined("parameter 'own' was not provided", name='own')
        if l_1_app is missing:
            l_1_app = undefined("parameter 'app' was not provided", name='app')
        if l_1_folders is missing:
            l_1_folders = undefined("parameter 'folders' was not provided", name='folders')
        if l_1_more is missing:
            l_1_more = undefined("parameter 'more' was not provided", name='more')
        if l_1_config is missing:
            l_1_config = undefined("parameter 'config' was not provided", name='config')
        pass
        if l_1_first:
            pass
            t_9.append(
                'Tests',
            )
            if l_1_app:
                pass
                t_9.append(
                    ' of the app and its packages',
                )
            t_9.append(
                ': ',
            )
        t_9.append(
            escape(environment.finalize(l_1_name)),
        )
        if l_1_files:
            pass
            t_9.extend((
                ' ',
                escape(environment.finalize(l_1_files)),
                ' ',
                escape(environment.finalize(('file' if (l_1_files == 1) else 'files'))),
            ))
            if (l_1_own != l_1_files):
                pass
                t_9.extend((
                    ' (',
                    escape(environment.finalize(l_1_own)),
                    ' ',
                ))
                if (l_1_app and (l_1_app != '.')):
                    pass
                    t_9.extend((
                        'in ',
                        escape(environment.finalize(t_1(l_1_app))),
                    ))
                else:
                    pass
                    t_9.append(
                        'of the app',
                    )
                t_9.append(
                    ')',
                )
            t_9.extend((
                ' in ',
                escape(environment.finalize(t_2(l_1_folders))),
            ))
            if l_1_more:
                pass
                t_9.append(
                    ' …',
                )
        elif l_1_config:
            pass
            t_9.extend((
                ' (',
                escape(environment.finalize(t_1(l_1_config))),
                '), no files of its own seen',
            ))
        else:
            pass
            t_9.append(
                ' by a script, no files of its own seen',
            )
        return concat(t_9)
    context.exported_vars.add('runner')
    context.vars['runner'] = l_0_runner = Macro(environment, macro, 'runner', ('first', 'name', 'files', 'own', 'app', 'folders', 'more', 'config'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_first, l_1_count):
        t_10 = []
        if l_1_first is missing:
            l_1_first = undefined("parameter 'first' was not provided", name='first')
        if l_1_count is missing:
            l_1_count = undefined("parameter 'count' was not provided", name='count')
        pass
        if l_1_first:
            pass
            t_10.append(
                'Tests: ',
            )
        t_10.extend((
            escape(environment.finalize(l_1_count)),
            ' ',
            escape(environment.finalize(('file' if (l_1_count == 1) else 'files'))),
            ' of a runner that is not clear',
        ))
        return concat(t_10)
    context.exported_vars.add('other_tests')
    context.vars['other_tests'] = l_0_other_tests = Macro(environment, macro, 'other_tests', ('first', 'count'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_patterns):
        t_11 = []
        if l_1_patterns is missing:
            l_1_patterns = undefined("parameter 'patterns' was not provided", name='patterns')
        pass
        t_11.extend((
            'No tests (looked for ',
            escape(environment.finalize(t_2(l_1_patterns))),
            ')',
        ))
        return concat(t_11)
    context.exported_vars.add('no_tests')
    context.vars['no_tests'] = l_0_no_tests = Macro(environment, macro, 'no_tests', ('patterns',), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_first, l_1_gate, l_1_service, l_1_file, l_1_jobs, l_1_more, l_1_checks):
        t_12 = []
        if l_1_first is missing:
            l_1_first = undefined("parameter 'first' was not provided", name='first')
        if l_1_gate is missing:
            l_1_gate = undefined("parameter 'gate' was not provided", name='gate')
        if l_1_service is missing:
            l_1_service = undefined("parameter 'service' was not provided", name='service')
        if l_1_file is missing:
            l_1_file = undefined("parameter 'file' was not provided", name='file')
        if l_1_jobs is missing:
            l_1_jobs = undefined("parameter 'jobs' was not provided", name='jobs')
        if l_1_more is missing:
            l_1_more = undefined("parameter 'more' was not provided", name='more')
        if l_1_checks is missing:
            l_1_checks = undefined("parameter 'checks' was not provided", name='checks')
        pass
        if l_1_first:
            pass
            t_12.append(
                'CI',
            )
            if l_1_gate:
                pass
                t_12.append(
                    ' on each change',
                )
            t_12.append(
                ': ',
            )
        t_12.append(
            escape(environment.finalize(t_1(l_1_file))),
        )
        if l_1_jobs:
            pass
            t_12.append(
                ' (',
            )
            if ((t_4(l_1_jobs) + l_1_more) == 1):
                pass
                t_12.append(
                    'job',
                )
            else:
                pass
                t_12.append(
                    'jobs',
                )
            t_12.extend((
                ' ',
                escape(environment.finalize(t_2(l_1_jobs))),
            ))
            if l_1_more:
                pass
                t_12.extend((
                    ', … ',
                    escape(environment.finalize(l_1_more)),
                    ' more',
                ))
            if l_1_checks:
                pass
                t_12.extend((
                    '; ',
                    escape(environment.finalize(t_3(l_1_checks, ', '))),
                    ' among the steps',
                ))
            t_12.append(
                ')',
            )
        else:
            pass
            t_12.extend((
                ' (',
                escape(environment.finalize(l_1_service)),
                ')',
            ))
        return concat(t_12)
    context.exported_vars.add('workflow')
    context.vars['workflow'] = l_0_workflow = Macro(environment, macro, 'workflow', ('first', 'gate', 'service', 'file', 'jobs', 'more', 'checks'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_count):
        t_13 = []
        if l_1_count is missing:
            l_1_count = undefined("parameter 'count' was not provided", name='count')
        pass
        t_13.extend((
            '… and ',
            escape(environment.finalize(l_1_count)),
            ' more ',
            escape(environment.finalize(('workflow' if (l_1_count == 1) else 'workflows'))),
        ))
        return concat(t_13)
    context.exported_vars.add('more_workflows')
    context.vars['more_workflows'] = l_0_more_workflows = Macro(environment, macro, 'more_workflows', ('count',), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_names, l_1_count, l_1_more, l_1_examples, l_1_files, l_1_unread):
        t_14 = []
        if l_1_names is missing:
            l_1_names = undefined("parameter 'names' was not provided", name='names')
        if l_1_count is missing:
            l_1_count = undefined("parameter 'count' was not provided", name='count')
        if l_1_more is missing:
            l_1_more = undefined("parameter 'more' was not provided", name='more')
        if l_1_examples is missing:
            l_1_examples = undefined("parameter 'examples' was not provided", name='examples')
        if l_1_files is missing:
            l_1_files = undefined("parameter 'files' was not provided", name='files')
        if l_1_unread is missing:
            l_1_unread = undefined("parameter 'unread' was not provided", name='unread')
        pass
        t_14.append(
            'Environment: ',
        )
        if l_1_files:
            pass
            t_14.append(
                escape(environment.finalize(t_2(l_1_examples))),
            )
            if (l_1_files > t_4(l_1_examples)):
                pass
                t_14.extend((
                    ' and ',
                    escape(environment.finalize((l_1_files - t_4(l_1_examples)))),
                    ' more',
                ))
            t_14.extend((
                ' ',
                escape(environment.finalize(('lacks' if (l_1_files == 1) else 'lack'))),
                ' ',
                escape(environment.finalize(t_2(l_1_names))),
            ))
            if l_1_more:
                pass
                t_14.extend((
                    ', … and ',
                    escape(environment.finalize(l_1_more)),
                    ' more',
                ))
            t_14.append(
                ', read without a fallback',
            )
        else:
            pass
            if (not l_1_unread):
                pass
                t_14.append(
                    'no `.env.example`; ',
                )
            t_14.extend((
                'read without a fallback: ',
                escape(environment.finalize(t_2(l_1_names))),
            ))
            if l_1_more:
                pass
                t_14.extend((
                    ', … and ',
                    escape(environment.finalize(l_1_more)),
                    ' more',
                ))
            if l_1_unread:
                pass
                t_14.extend((
                    ' (',
                    escape(environment.finalize(t_2(l_1_unread))),
                    ' in the repository, not read)',
                ))
        return concat(t_14)
    context.exported_vars.add('environment')
    context.vars['environment'] = l_0_environment = Macro(environment, macro, 'environment', ('names', 'count', 'more', 'examples', 'files', 'unread'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_pages, l_1_inside, l_1_prefix, l_1_areas, l_1_rest):
        t_15 = []
        if l_1_pages is missing:
            l_1_pages = undefined("parameter 'pages' was not provided", name='pages')
        if l_1_inside is missing:
            l_1_inside = undefined("parameter 'inside' was not provided", name='inside')
        if l_1_prefix is missing:
            l_1_prefix = undefined("parameter 'prefix' was not provided", name='prefix')
        if l_1_areas is missing:
            l_1_areas = undefined("parameter 'areas' was not provided", name='areas')
        if l_1_rest is missing:
            l_1_rest = undefined("parameter 'rest' was not provided", name='rest')
        pass
        t_15.extend((
            escape(environment.finalize(l_1_pages)),
            ' pages',
        ))
        if l_1_prefix:
            pass
            t_15.append(
                ', ',
            )
            if (l_1_inside == l_1_pages):
                pass
                t_15.append(
                    'all',
                )
            else:
                pass
                t_15.append(
                    escape(environment.finalize(l_1_inside)),
                )
            t_15.extend((
                ' under ',
                escape(environment.finalize(t_1(l_1_prefix))),
            ))
        else:
            pass
            t_15.append(
                ' by path',
            )
        t_15.append(
            ': ',
        )
        l_2_loop = missing
        for (l_2_name, l_2_count), l_2_loop in LoopContext(l_1_areas, undefined):
            _loop_vars = {}
            pass
            if (not environment.getattr(l_2_loop, 'first')):
                pass
                t_15.append(
                    ', ',
                )
            t_15.extend((
                escape(environment.finalize(t_1(l_2_name))),
                ' ',
                escape(environment.finalize(l_2_count)),
            ))
        l_2_loop = l_2_name = l_2_count = missing
        if l_1_rest:
            pass
            t_15.extend((
                ', ',
                escape(environment.finalize(l_1_rest)),
                ' elsewhere',
            ))
        return concat(t_15)
    context.exported_vars.add('areas')
    context.vars['areas'] = l_0_areas = Macro(environment, macro, 'areas', ('pages', 'inside', 'prefix', 'areas', 'rest'), False, False, False, context.eval_ctx.autoescape)


# labels/database.md.j2
def root_3(context, missing=missing, environment=environment):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_drizzle = l_0_schema = l_0_prisma = l_0_models = l_0_client = l_0_generated = l_0_another = l_0_migrations = l_0_note = l_0_tool = l_0_supabase = l_0_tables = l_0_technology = l_0_binding = l_0_compose = l_0_variable = missing
    try:
        t_1 = environment.filters['code']
    except KeyError:
        @internalcode
        def t_1(*unused):
            raise TemplateRuntimeError("No filter named 'code' found.")
    try:
        t_2 = environment.filters['codes']
    except KeyError:
        @internalcode
        def t_2(*unused):
            raise TemplateRuntimeError("No filter named 'codes' found.")
    try:
        t_3 = environment.filters['join']
    except KeyError:
        @internalcode
        def t_3(*unused):
            raise TemplateRuntimeError("No filter named 'join' found.")
    pass
    def macro(l_1_database, l_1_service, l_1_version, l_1_range, l_1_driver, l_1_driver_version, l_1_module, l_1_config):
        t_4 = []
        if l_1_database is missing:
            l_1_database = undefined("parameter 'database' was not provided", name='database')
        if l_1_service is missing:
            l_1_service = undefined("parameter 'service' was not provided", name='service')
        if l_1_version is missing:
            l_1_version = undefined("parameter 'version' was not provided", name='version')
        if l_1_range is missing:
            l_1_range = undefined("parameter 'range' was not provided", name='range')
        if l_1_driver is missing:
            l_1_driver = undefined("parameter 'driver' was not provided", name='driver')
        if l_1_driver_version is missing:
            l_1_driver_version = undefined("parameter 'driver_version' was not provided", name='driver_version')
        if l_1_module is missing:
            l_1_module = undefined("parameter 'module' was not provided", name='module')
        if l_1_config is missing:
            l_1_config = undefined("parameter 'config' was not provided", name='config')
        pass
        t_4.append(
            escape(environment.finalize(l_1_database)),
        )
        if l_1_service:
            pass
            t_4.extend((
                ' (',
                escape(environment.finalize(l_1_service)),
                ')',
            ))
        t_4.append(
            ' via Drizzle ORM',
        )
        if l_1_version:
            pass
            t_4.extend((
                ' ',
                escape(environment.finalize(l_1_version)),
            ))
        elif l_1_range:
            pass
            t_4.extend((
                ' ',
                escape(environment.finalize(t_1(l_1_range))),
                ' (range)',
            ))
        if l_1_config:
            pass
            t_4.extend((
                ' (',
                escape(environment.finalize(t_1(l_1_config))),
                ')',
            ))
        if l_1_driver:
            pass
            t_4.extend((
                ', driver ',
                escape(environment.finalize(t_1(l_1_driver))),
            ))
            if l_1_driver_version:
                pass
                t_4.extend((
                    ' ',
                    escape(environment.finalize(l_1_driver_version)),
                ))
            if l_1_module:
                pass
                t_4.extend((
                    ' (',
                    escape(environment.finalize(t_1(l_1_module))),
                    ')',
                ))
        return concat(t_4)
    context.exported_vars.add('drizzle')
    context.vars['drizzle'] = l_0_drizzle = Macro(environment, macro, 'drizzle', ('database', 'service', 'version', 'range', 'driver', 'driver_version', 'module', 'config'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_files, l_1_among, l_1_count, l_1_names, l_1_more):
        t_5 = []
        if l_1_files is missing:
            l_1_files = undefined("parameter 'files' was not provided", name='files')
        if l_1_among is missing:
            l_1_among = undefined("parameter 'among' was not provided", name='among')
        if l_1_count is missing:
            l_1_count = undefined("parameter 'count' was not provided", name='count')
        if l_1_names is missing:
            l_1_names = undefined("parameter 'names' was not provided", name='names')
        if l_1_more is missing:
            l_1_more = undefined("parameter 'more' was not provided", name='more')
        pass
        t_5.extend((
            'schema ',
            escape(environment.finalize(t_2(l_1_files))),
        ))
        if l_1_among:
            pass
            t_5.extend((
                ' (',
                escape(environment.finalize(l_1_among)),
                ' files)',
            ))
        t_5.extend((
            ', ',
            escape(environment.finalize(l_1_count)),
            ' ',
            escape(environment.finalize(('table' if (l_1_count == 1) else 'tables'))),
            ': ',
            escape(environment.finalize(t_2(l_1_names))),
        ))
        if l_1_more:
            pass
            t_5.extend((
                ', … and ',
                escape(environment.finalize(l_1_more)),
                ' more',
            ))
        return concat(t_5)
    context.exported_vars.add('schema')
    context.vars['schema'] = l_0_schema = Macro(environment, macro, 'schema', ('files', 'among', 'count', 'names', 'more'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_database, l_1_version, l_1_range, l_1_file, l_1_files):
        t_6 = []
        if l_1_database is missing:
            l_1_database = undefined("parameter 'database' was not provided", name='database')
        if l_1_version is missing:
            l_1_version = undefined("parameter 'version' was not provided", name='version')
        if l_1_range is missing:
            l_1_range = undefined("parameter 'range' was not provided", name='range')
        if l_1_file is missing:
            l_1_file = undefined("parameter 'file' was not provided", name='file')
        if l_1_files is missing:
            l_1_files = undefined("parameter 'files' was not provided", name='files')
        pass
        if l_1_database:
            pass
            t_6.extend((
                escape(environment.finalize(l_1_database)),
                ' via ',
            ))
        t_6.append(
            'Prisma',
        )
        if l_1_version:
            pass
            t_6.extend((
                ' ',
                escape(environment.finalize(l_1_version)),
            ))
        elif l_1_range:
            pass
            t_6.extend((
                ' ',
                escape(environment.finalize(t_1(l_1_range))),
                ' (range)',
            ))
        t_6.extend((
            ' (',
            escape(environment.finalize(t_1(l_1_file))),
        ))
        if (l_1_files > 1):
            pass
            t_6.extend((
                ', ',
                escape(environment.finalize(l_1_files)),
                ' files',
            ))
        t_6.append(
            ')',
        )
        return concat(t_6)
    context.exported_vars.add('prisma')
    context.vars['prisma'] = l_0_prisma = Macro(environment, macro, 'prisma', ('database', 'version', 'range', 'file', 'files'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_what, l_1_count, l_1_names, l_1_more, l_1_enums, l_1_file):
        t_7 = []
        if l_1_what is missing:
            l_1_what = undefined("parameter 'what' was not provided", name='what')
        if l_1_count is missing:
            l_1_count = undefined("parameter 'count' was not provided", name='count')
        if l_1_names is missing:
            l_1_names = undefined("parameter 'names' was not provided", name='names')
        if l_1_more is missing:
            l_1_more = undefined("parameter 'more' was not provided", name='more')
        if l_1_enums is missing:
            l_1_enums = undefined("parameter 'enums' was not provided", name='enums')
        if l_1_file is missing:
            l_1_file = undefined("parameter 'file' was not provided", name='file')
        pass
        t_7.extend((
            escape(environment.finalize(l_1_count)),
            ' ',
            escape(environment.finalize((l_1_what if (l_1_count == 1) else ('entities' if (l_1_what == 'entity') else (l_1_what + 's'))))),
        ))
        if l_1_file:
            pass
            t_7.extend((
                ' in ',
                escape(environment.finalize(t_1(l_1_file))),
            ))
        t_7.extend((
            ': ',
            escape(environment.finalize(t_2(l_1_names))),
        ))
        if l_1_more:
            pass
            t_7.extend((
                ', … and ',
                escape(environment.finalize(l_1_more)),
                ' more',
            ))
        if l_1_enums:
            pass
            t_7.extend((
                '; ',
                escape(environment.finalize(l_1_enums)),
                ' ',
                escape(environment.finalize(('enum' if (l_1_enums == 1) else 'enums'))),
            ))
        return concat(t_7)
    context.exported_vars.add('models')
    context.vars['models'] = l_0_models = Macro(environment, macro, 'models', ('what', 'count', 'names', 'more', 'enums', 'file'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_file):
        t_8 = []
        if l_1_file is missing:
            l_1_file = undefined("parameter 'file' was not provided", name='file')
        pass
        t_8.extend((
            'client ',
            escape(environment.finalize(t_1(l_1_file))),
        ))
        return concat(t_8)
    context.exported_vars.add('client')
    context.vars['client'] = l_0_client = Macro(environment, macro, 'client', ('file',), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_folder):
        t_9 = []
        if l_1_folder is missing:
            l_1_folder = undefined("parameter 'folder' was not provided", name='folder')
        pass
        t_9.extend((
            'generated to ',
            escape(environment.finalize(t_1(l_1_folder))),
        ))
        return concat(t_9)
    context.exported_vars.add('generated')
    context.vars['generated'] = l_0_generated = Macro(environment, macro, 'generated', ('folder',), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_database, l_1_tool, l_1_version, l_1_file, l_1_count, l_1_what):
        t_10 = []
        if l_1_database is missing:
            l_1_database = undefined("parameter 'database' was not provided", name='database')
        if l_1_tool is missing:
            l_1_tool = undefined("parameter 'tool' was not provided", name='tool')
        if l_1_version is missing:
            l_1_version = undefined("parameter 'version' was not provided", name='version')
        if l_1_file is missing:
            l_1_file = undefined("parameter 'file' was not provided", name='file')
        if l_1_count is missing:
            l_1_count = undefined("parameter 'count' was not provided", name='count')
        if l_1_what is missing:
            l_1_what = undefined("parameter 'what' was not provided", name='what')
        pass
        t_10.append(
            'also ',
        )
        if l_1_database:
            pass
            t_10.extend((
                escape(environment.finalize(l_1_database)),
                ' via ',
            ))
        t_10.append(
            escape(environment.finalize(l_1_tool)),
        )
        if l_1_version:
            pass
            t_10.extend((
                ' ',
                escape(environment.finalize(l_1_version)),
            ))
        t_10.extend((
            ' (',
            escape(environment.finalize(t_1(l_1_file))),
            ', ',
            escape(environment.finalize(l_1_count)),
            ' ',
            escape(environment.finalize((l_1_what if (l_1_count == 1) else (l_1_what + 's')))),
            ')',
        ))
        return concat(t_10)
    context.exported_vars.add('another')
    context.vars['another'] = l_0_another = Macro(environment, macro, 'another', ('database', 'tool', 'version', 'file', 'count', 'what'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_count, l_1_folder, l_1_latest):
        t_11 = []
        if l_1_count is missing:
            l_1_count = undefined("parameter 'count' was not provided", name='count')
        if l_1_folder is missing:
            l_1_folder = undefined("parameter 'folder' was not provided", name='folder')
        if l_1_latest is missing:
            l_1_latest = undefined("parameter 'latest' was not provided", name='latest')
        pass
        t_11.extend((
            escape(environment.finalize((l_1_count or 'no'))),
            ' ',
            escape(environment.finalize(('migration' if (l_1_count < 2) else 'migrations'))),
            ' in ',
            escape(environment.finalize(t_1(l_1_folder))),
        ))
        if l_1_latest:
            pass
            t_11.extend((
                ', latest ',
                escape(environment.finalize(t_1(l_1_latest))),
            ))
        return concat(t_11)
    context.exported_vars.add('migrations')
    context.vars['migrations'] = l_0_migrations = Macro(environment, macro, 'migrations', ('count', 'folder', 'latest'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_parts):
        t_12 = []
        if l_1_parts is missing:
            l_1_parts = undefined("parameter 'parts' was not provided", name='parts')
        pass
        for (l_2_text, l_2_is_code, l_2_spaced) in l_1_parts:
            _loop_vars = {}
            pass
            if l_2_spaced:
                pass
                t_12.append(
                    ' ',
                )
            if l_2_is_code:
                pass
                t_12.append(
                    escape(environment.finalize(t_1(l_2_text))),
                )
            else:
                pass
                t_12.append(
                    escape(environment.finalize(l_2_text)),
                )
        l_2_text = l_2_is_code = l_2_spaced = missing
        return concat(t_12)
    context.exported_vars.add('note')
    context.vars['note'] = l_0_note = Macro(environment, macro, 'note', ('parts',), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_name, l_1_version, l_1_range):
        t_13 = []
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        if l_1_version is missing:
            l_1_version = undefined("parameter 'version' was not provided", name='version')
        if l_1_range is missing:
            l_1_range = undefined("parameter 'range' was not provided", name='range')
        pass
        t_13.append(
            escape(environment.finalize(l_1_name)),
        )
        if l_1_version:
            pass
            t_13.extend((
                ' ',
                escape(environment.finalize(l_1_version)),
            ))
        elif l_1_range:
            pass
            t_13.extend((
                ' ',
                escape(environment.finalize(t_1(l_1_range))),
                ' (range)',
            ))
        return concat(t_13)
    context.exported_vars.add('tool')
    context.vars['tool'] = l_0_tool = Macro(environment, macro, 'tool', ('name', 'version', 'range'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_version, l_1_range, l_1_parts, l_1_queried):
        t_14 = []
        if l_1_version is missing:
            l_1_version = undefined("parameter 'version' was not provided", name='version')
        if l_1_range is missing:
            l_1_range = undefined("parameter 'range' was not provided", name='range')
        if l_1_parts is missing:
            l_1_parts = undefined("parameter 'parts' was not provided", name='parts')
        if l_1_queried is missing:
            l_1_queried = undefined("parameter 'queried' was not provided", name='queried')
        pass
        t_14.append(
            'Supabase',
        )
        if l_1_version:
            pass
            t_14.extend((
                ' ',
                escape(environment.finalize(l_1_version)),
            ))
        elif l_1_range:
            pass
            t_14.extend((
                ' ',
                escape(environment.finalize(t_1(l_1_range))),
                ' (range)',
            ))
        if l_1_queried:
            pass
            t_14.append(
                ' (PostgreSQL)',
            )
        if l_1_parts:
            pass
            t_14.append(
                ' for ',
            )
            l_2_loop = missing
            for (l_2_part, l_2_files), l_2_loop in LoopContext(l_1_parts, undefined):
                _loop_vars = {}
                pass
                if (not environment.getattr(l_2_loop, 'first')):
                    pass
                    t_14.append(
                        ', ',
                    )
                t_14.extend((
                    escape(environment.finalize(l_2_part)),
                    ' (',
                    escape(environment.finalize(l_2_files)),
                    ' ',
                    escape(environment.finalize(('file' if (l_2_files == 1) else 'files'))),
                    ')',
                ))
            l_2_loop = l_2_part = l_2_files = missing
        else:
            pass
            t_14.append(
                ' for authentication only: no call on its tables or storage seen',
            )
        return concat(t_14)
    context.exported_vars.add('supabase')
    context.vars['supabase'] = l_0_supabase = Macro(environment, macro, 'supabase', ('version', 'range', 'parts', 'queried'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_source, l_1_count, l_1_names, l_1_more):
        t_15 = []
        if l_1_source is missing:
            l_1_source = undefined("parameter 'source' was not provided", name='source')
        if l_1_count is missing:
            l_1_count = undefined("parameter 'count' was not provided", name='count')
        if l_1_names is missing:
            l_1_names = undefined("parameter 'names' was not provided", name='names')
        if l_1_more is missing:
            l_1_more = undefined("parameter 'more' was not provided", name='more')
        pass
        t_15.extend((
            escape(environment.finalize(l_1_count)),
            ' ',
            escape(environment.finalize(('table' if (l_1_count == 1) else 'tables'))),
            ' ',
        ))
        if l_1_source:
            pass
            t_15.extend((
                '(',
                escape(environment.finalize(t_1(l_1_source))),
                ')',
            ))
        else:
            pass
            t_15.append(
                'queried by name',
            )
        t_15.extend((
            ': ',
            escape(environment.finalize(t_2(l_1_names))),
        ))
        if l_1_more:
            pass
            t_15.extend((
                ', … and ',
                escape(environment.finalize(l_1_more)),
                ' more',
            ))
        return concat(t_15)
    context.exported_vars.add('tables')
    context.vars['tables'] = l_0_tables = Macro(environment, macro, 'tables', ('source', 'count', 'names', 'more'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_name, l_1_version, l_1_range, l_1_in_use, l_1_file):
        t_16 = []
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        if l_1_version is missing:
            l_1_version = undefined("parameter 'version' was not provided", name='version')
        if l_1_range is missing:
            l_1_range = undefined("parameter 'range' was not provided", name='range')
        if l_1_in_use is missing:
            l_1_in_use = undefined("parameter 'in_use' was not provided", name='in_use')
        if l_1_file is missing:
            l_1_file = undefined("parameter 'file' was not provided", name='file')
        pass
        t_16.append(
            escape(environment.finalize(l_1_name)),
        )
        if l_1_version:
            pass
            t_16.extend((
                ' ',
                escape(environment.finalize(l_1_version)),
            ))
        elif l_1_range:
            pass
            t_16.extend((
                ' ',
                escape(environment.finalize(t_1(l_1_range))),
                ' (range)',
            ))
        if (l_1_in_use == False):
            pass
            t_16.append(
                ' (installed; nothing imports it)',
            )
        elif l_1_file:
            pass
            t_16.extend((
                ' (',
                escape(environment.finalize(t_1(l_1_file))),
                ')',
            ))
        return concat(t_16)
    context.exported_vars.add('technology')
    context.vars['technology'] = l_0_technology = Macro(environment, macro, 'technology', ('name', 'version', 'range', 'in_use', 'file'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_name, l_1_file):
        t_17 = []
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        if l_1_file is missing:
            l_1_file = undefined("parameter 'file' was not provided", name='file')
        pass
        t_17.extend((
            escape(environment.finalize(l_1_name)),
            ' (',
            escape(environment.finalize(t_1(l_1_file))),
            ')',
        ))
        return concat(t_17)
    context.exported_vars.add('binding')
    context.vars['binding'] = l_0_binding = Macro(environment, macro, 'binding', ('name', 'file'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_file, l_1_names):
        t_18 = []
        if l_1_file is missing:
            l_1_file = undefined("parameter 'file' was not provided", name='file')
        if l_1_names is missing:
            l_1_names = undefined("parameter 'names' was not provided", name='names')
        pass
        t_18.extend((
            escape(environment.finalize(t_1(l_1_file))),
            ' runs ',
            escape(environment.finalize(t_3(l_1_names, ', '))),
        ))
        return concat(t_18)
    context.exported_vars.add('compose')
    context.vars['compose'] = l_0_compose = Macro(environment, macro, 'compose', ('file', 'names'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_name, l_1_variable, l_1_file):
        t_19 = []
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        if l_1_variable is missing:
            l_1_variable = undefined("parameter 'variable' was not provided", name='variable')
        if l_1_file is missing:
            l_1_file = undefined("parameter 'file' was not provided", name='file')
        pass
        t_19.extend((
            escape(environment.finalize(l_1_name)),
            ', going by ',
            escape(environment.finalize(t_1(l_1_variable))),
            ' in ',
            escape(environment.finalize(t_1(l_1_file))),
        ))
        return concat(t_19)
    context.exported_vars.add('variable')
    context.vars['variable'] = l_0_variable = Macro(environment, macro, 'variable', ('name', 'variable', 'file'), False, False, False, context.eval_ctx.autoescape)


# labels/frameworks.md.j2
def root_4(context, missing=missing, environment=environment):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_version_of = l_0_technology = l_0_manager = l_0_monorepo = l_0_workspaces = l_0_runtime = l_0_app = l_0_more_apps = l_0_part = l_0_more_parts = l_0_deployment = l_0_shared = missing
    try:
        t_1 = environment.filters['code']
    except KeyError:
        @internalcode
        def t_1(*unused):
            raise TemplateRuntimeError("No filter named 'code' found.")
    try:
        t_2 = environment.filters['codes']
    except KeyError:
        @internalcode
        def t_2(*unused):
            raise TemplateRuntimeError("No filter named 'codes' found.")
    try:
        t_3 = environment.filters['join']
    except KeyError:
        @internalcode
        def t_3(*unused):
            raise TemplateRuntimeError("No filter named 'join' found.")
    pass
    def macro(l_1_version, l_1_range, l_1_locked):
        t_4 = []
        if l_1_version is missing:
            l_1_version = undefined("parameter 'version' was not provided", name='version')
        if l_1_range is missing:
            l_1_range = undefined("parameter 'range' was not provided", name='range')
        if l_1_locked is missing:
            l_1_locked = undefined("parameter 'locked' was not provided", name='locked')
        pass
        if l_1_version:
            pass
            t_4.extend((
                ' ',
                escape(environment.finalize(l_1_version)),
            ))
        elif l_1_range:
            pass
            t_4.extend((
                ' ',
                escape(environment.finalize(t_1(l_1_range))),
                ' (',
                escape(environment.finalize(('range; not in the lockfile' if l_1_locked else 'range; no lockfile'))),
                ')',
            ))
        return concat(t_4)
    context.exported_vars.add('version_of')
    context.vars['version_of'] = l_0_version_of = Macro(environment, macro, 'version_of', ('version', 'range', 'locked'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_name, l_1_version, l_1_range, l_1_locked, l_1_notes, l_1_package):
        t_5 = []
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        if l_1_version is missing:
            l_1_version = undefined("parameter 'version' was not provided", name='version')
        if l_1_range is missing:
            l_1_range = undefined("parameter 'range' was not provided", name='range')
        if l_1_locked is missing:
            l_1_locked = undefined("parameter 'locked' was not provided", name='locked')
        if l_1_notes is missing:
            l_1_notes = undefined("parameter 'notes' was not provided", name='notes')
        if l_1_package is missing:
            l_1_package = undefined("parameter 'package' was not provided", name='package')
        pass
        t_5.append(
            escape(environment.finalize(l_1_name)),
        )
        if (l_1_package and (l_1_version or l_1_range)):
            pass
            t_5.extend((
                ' (',
                escape(environment.finalize(t_1(l_1_package))),
                escape(environment.finalize(context.call((undefined(name='version_of') if l_0_version_of is missing else l_0_version_of), l_1_version, l_1_range, l_1_locked))),
                ')',
            ))
        else:
            pass
            t_5.append(
                escape(environment.finalize(context.call((undefined(name='version_of') if l_0_version_of is missing else l_0_version_of), l_1_version, l_1_range, l_1_locked))),
            )
        if l_1_notes:
            pass
            t_5.extend((
                ' (',
                escape(environment.finalize(t_3(l_1_notes, ', '))),
                ')',
            ))
        return concat(t_5)
    context.exported_vars.add('technology')
    context.vars['technology'] = l_0_technology = Macro(environment, macro, 'technology', ('name', 'version', 'range', 'locked', 'notes', 'package'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_name, l_1_version):
        t_6 = []
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        if l_1_version is missing:
            l_1_version = undefined("parameter 'version' was not provided", name='version')
        pass
        t_6.append(
            escape(environment.finalize(l_1_name)),
        )
        if l_1_version:
            pass
            t_6.extend((
                ' ',
                escape(environment.finalize(l_1_version)),
            ))
        return concat(t_6)
    context.exported_vars.add('manager')
    context.vars['manager'] = l_0_manager = Macro(environment, macro, 'manager', ('name', 'version'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_name, l_1_version, l_1_range, l_1_locked, l_1_count):
        t_7 = []
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        if l_1_version is missing:
            l_1_version = undefined("parameter 'version' was not provided", name='version')
        if l_1_range is missing:
            l_1_range = undefined("parameter 'range' was not provided", name='range')
        if l_1_locked is missing:
            l_1_locked = undefined("parameter 'locked' was not provided", name='locked')
        if l_1_count is missing:
            l_1_count = undefined("parameter 'count' was not provided", name='count')
        pass
        t_7.extend((
            escape(environment.finalize(l_1_name)),
            escape(environment.finalize(context.call((undefined(name='version_of') if l_0_version_of is missing else l_0_version_of), l_1_version, l_1_range, l_1_locked))),
            ' over ',
            escape(environment.finalize(l_1_count)),
            ' ',
            escape(environment.finalize(('workspace' if (l_1_count == 1) else 'workspaces'))),
        ))
        return concat(t_7)
    context.exported_vars.add('monorepo')
    context.vars['monorepo'] = l_0_monorepo = Macro(environment, macro, 'monorepo', ('name', 'version', 'range', 'locked', 'count'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_count):
        t_8 = []
        if l_1_count is missing:
            l_1_count = undefined("parameter 'count' was not provided", name='count')
        pass
        t_8.extend((
            escape(environment.finalize(l_1_count)),
            ' ',
            escape(environment.finalize(('workspace' if (l_1_count == 1) else 'workspaces'))),
        ))
        return concat(t_8)
    context.exported_vars.add('workspaces')
    context.vars['workspaces'] = l_0_workspaces = Macro(environment, macro, 'workspaces', ('count',), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_name, l_1_version, l_1_source):
        t_9 = []
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        if l_1_version is missing:
            l_1_version = undefined("parameter 'version' was not provided", name='version')
        if l_1_source is missing:
            l_1_source = undefined("parameter 'source' was not provided", name='source')
        pass
        t_9.extend((
            escape(environment.finalize(l_1_name)),
            ' ',
            escape(environment.finalize(t_1(l_1_version))),
            ' (',
            escape(environment.finalize(t_1(l_1_source))),
            ')',
        ))
        return concat(t_9)
    context.exported_vars.add('runtime')
    context.vars['runtime'] = l_0_runtime = Macro(environment, macro, 'runtime', ('name', 'version', 'source'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_first, l_1_other, l_1_path, l_1_name, l_1_version, l_1_range):
        t_10 = []
        if l_1_first is missing:
            l_1_first = undefined("parameter 'first' was not provided", name='first')
        if l_1_other is missing:
            l_1_other = undefined("parameter 'other' was not provided", name='other')
        if l_1_path is missing:
            l_1_path = undefined("parameter 'path' was not provided", name='path')
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        if l_1_version is missing:
            l_1_version = undefined("parameter 'version' was not provided", name='version')
        if l_1_range is missing:
            l_1_range = undefined("parameter 'range' was not provided", name='range')
        pass
        if l_1_first:
            pass
            if l_1_other:
                pass
                t_10.append(
                    'other ',
                )
            t_10.append(
                'apps: ',
            )
        t_10.extend((
            escape(environment.finalize(t_1(l_1_path))),
            ' (',
            escape(environment.finalize(l_1_name)),
        ))
        if l_1_version:
            pass
            t_10.extend((
                ' ',
                escape(environment.finalize(l_1_version)),
            ))
        elif l_1_range:
            pass
            t_10.extend((
                ' ',
                escape(environment.finalize(t_1(l_1_range))),
                ', range',
            ))
        t_10.append(
            ')',
        )
        return concat(t_10)
    context.exported_vars.add('app')
    context.vars['app'] = l_0_app = Macro(environment, macro, 'app', ('first', 'other', 'path', 'name', 'version', 'range'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_count):
        t_11 = []
        if l_1_count is missing:
            l_1_count = undefined("parameter 'count' was not provided", name='count')
        pass
        t_11.extend((
            '… and ',
            escape(environment.finalize(l_1_count)),
            ' more',
        ))
        return concat(t_11)
    context.exported_vars.add('more_apps')
    context.vars['more_apps'] = l_0_more_apps = Macro(environment, macro, 'more_apps', ('count',), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_first, l_1_language, l_1_version, l_1_folder, l_1_files, l_1_frameworks):
        t_12 = []
        if l_1_first is missing:
            l_1_first = undefined("parameter 'first' was not provided", name='first')
        if l_1_language is missing:
            l_1_language = undefined("parameter 'language' was not provided", name='language')
        if l_1_version is missing:
            l_1_version = undefined("parameter 'version' was not provided", name='version')
        if l_1_folder is missing:
            l_1_folder = undefined("parameter 'folder' was not provided", name='folder')
        if l_1_files is missing:
            l_1_files = undefined("parameter 'files' was not provided", name='files')
        if l_1_frameworks is missing:
            l_1_frameworks = undefined("parameter 'frameworks' was not provided", name='frameworks')
        pass
        if l_1_first:
            pass
            t_12.append(
                'beside it ',
            )
        t_12.append(
            escape(environment.finalize(l_1_language)),
        )
        if l_1_version:
            pass
            t_12.extend((
                ' ',
                escape(environment.finalize(t_1(l_1_version))),
            ))
        if (l_1_folder != '.'):
            pass
            t_12.extend((
                ' in ',
                escape(environment.finalize(t_1(l_1_folder))),
            ))
        t_12.extend((
            ' (',
            escape(environment.finalize(l_1_files)),
            ' ',
            escape(environment.finalize(('file' if (l_1_files == 1) else 'files'))),
        ))
        for (l_2_name, l_2_exact, l_2_range) in l_1_frameworks:
            _loop_vars = {}
            pass
            t_12.extend((
                ', ',
                escape(environment.finalize(l_2_name)),
            ))
            if l_2_exact:
                pass
                t_12.extend((
                    ' ',
                    escape(environment.finalize(l_2_exact)),
                ))
            elif l_2_range:
                pass
                t_12.extend((
                    ' ',
                    escape(environment.finalize(t_1(l_2_range))),
                ))
        l_2_name = l_2_exact = l_2_range = missing
        t_12.append(
            ')',
        )
        return concat(t_12)
    context.exported_vars.add('part')
    context.vars['part'] = l_0_part = Macro(environment, macro, 'part', ('first', 'language', 'version', 'folder', 'files', 'frameworks'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_count, l_1_languages):
        t_13 = []
        if l_1_count is missing:
            l_1_count = undefined("parameter 'count' was not provided", name='count')
        if l_1_languages is missing:
            l_1_languages = undefined("parameter 'languages' was not provided", name='languages')
        pass
        t_13.extend((
            escape(environment.finalize(l_1_count)),
            ' more ',
            escape(environment.finalize(('part' if (l_1_count == 1) else 'parts'))),
            ' in ',
            escape(environment.finalize(t_3(l_1_languages, ', '))),
        ))
        return concat(t_13)
    context.exported_vars.add('more_parts')
    context.vars['more_parts'] = l_0_more_parts = Macro(environment, macro, 'more_parts', ('count', 'languages'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_names):
        t_14 = []
        if l_1_names is missing:
            l_1_names = undefined("parameter 'names' was not provided", name='names')
        pass
        t_14.extend((
            'deployment files: ',
            escape(environment.finalize(t_3(l_1_names, ', '))),
        ))
        return concat(t_14)
    context.exported_vars.add('deployment')
    context.vars['deployment'] = l_0_deployment = Macro(environment, macro, 'deployment', ('names',), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_app, l_1_uses, l_1_more):
        t_15 = []
        if l_1_app is missing:
            l_1_app = undefined("parameter 'app' was not provided", name='app')
        if l_1_uses is missing:
            l_1_uses = undefined("parameter 'uses' was not provided", name='uses')
        if l_1_more is missing:
            l_1_more = undefined("parameter 'more' was not provided", name='more')
        pass
        t_15.extend((
            'the app is ',
            escape(environment.finalize(t_1(l_1_app))),
        ))
        if l_1_uses:
            pass
            t_15.extend((
                ', built on ',
                escape(environment.finalize(t_2(l_1_uses))),
            ))
            if l_1_more:
                pass
                t_15.extend((
                    ', … and ',
                    escape(environment.finalize(l_1_more)),
                    ' more',
                ))
        return concat(t_15)
    context.exported_vars.add('shared')
    context.vars['shared'] = l_0_shared = Macro(environment, macro, 'shared', ('app', 'uses', 'more'), False, False, False, context.eval_ctx.autoescape)


# labels/language.md.j2
def root_5(context, missing=missing, environment=environment):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_typescript = l_0_language = l_0_part = l_0_mixed = l_0_beside = l_0_source = l_0_strict = l_0_paths = l_0_base_url = l_0_target = l_0_resolution = l_0_module = l_0_notable = l_0_config = l_0_unreadable = l_0_unconfigured = missing
    try:
        t_1 = environment.filters['code']
    except KeyError:
        @internalcode
        def t_1(*unused):
            raise TemplateRuntimeError("No filter named 'code' found.")
    try:
        t_2 = environment.filters['codes']
    except KeyError:
        @internalcode
        def t_2(*unused):
            raise TemplateRuntimeError("No filter named 'codes' found.")
    try:
        t_3 = environment.filters['length']
    except KeyError:
        @internalcode
        def t_3(*unused):
            raise TemplateRuntimeError("No filter named 'length' found.")
    try:
        t_4 = environment.tests['false']
    except KeyError:
        @internalcode
        def t_4(*unused):
            raise TemplateRuntimeError("No test named 'false' found.")
    pass
    def macro(l_1_version, l_1_range):
        t_5 = []
        if l_1_version is missing:
            l_1_version = undefined("parameter 'version' was not provided", name='version')
        if l_1_range is missing:
            l_1_range = undefined("parameter 'range' was not provided", name='range')
        pass
        t_5.append(
            'TypeScript',
        )
        if l_1_version:
            pass
            t_5.extend((
                ' ',
                escape(environment.finalize(l_1_version)),
            ))
        elif l_1_range:
            pass
            t_5.extend((
                ' ',
                escape(environment.finalize(t_1(l_1_range))),
                ' (range)',
            ))
        return concat(t_5)
    context.exported_vars.add('typescript')
    context.vars['typescript'] = l_0_typescript = Macro(environment, macro, 'typescript', ('version', 'range'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_name, l_1_files):
        t_6 = []
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        if l_1_files is missing:
            l_1_files = undefined("parameter 'files' was not provided", name='files')
        pass
        t_6.extend((
            escape(environment.finalize(l_1_name)),
            ' (',
            escape(environment.finalize(l_1_files)),
            ' ',
            escape(environment.finalize(('file' if (l_1_files == 1) else 'files'))),
            ')',
        ))
        return concat(t_6)
    context.exported_vars.add('language')
    context.vars['language'] = l_0_language = Macro(environment, macro, 'language', ('name', 'files'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_name, l_1_version, l_1_manifest):
        t_7 = []
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        if l_1_version is missing:
            l_1_version = undefined("parameter 'version' was not provided", name='version')
        if l_1_manifest is missing:
            l_1_manifest = undefined("parameter 'manifest' was not provided", name='manifest')
        pass
        t_7.append(
            escape(environment.finalize(l_1_name)),
        )
        if l_1_version:
            pass
            t_7.extend((
                ' ',
                escape(environment.finalize(t_1(l_1_version))),
            ))
        t_7.extend((
            ' (',
            escape(environment.finalize(t_1(l_1_manifest))),
            ')',
        ))
        return concat(t_7)
    context.exported_vars.add('part')
    context.vars['part'] = l_0_part = Macro(environment, macro, 'part', ('name', 'version', 'manifest'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_files, l_1_total):
        t_8 = []
        if l_1_files is missing:
            l_1_files = undefined("parameter 'files' was not provided", name='files')
        if l_1_total is missing:
            l_1_total = undefined("parameter 'total' was not provided", name='total')
        pass
        t_8.extend((
            escape(environment.finalize(l_1_files)),
            ' of ',
            escape(environment.finalize(l_1_total)),
            ' sources are JavaScript',
        ))
        return concat(t_8)
    context.exported_vars.add('mixed')
    context.vars['mixed'] = l_0_mixed = Macro(environment, macro, 'mixed', ('files', 'total'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_name, l_1_files):
        t_9 = []
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        if l_1_files is missing:
            l_1_files = undefined("parameter 'files' was not provided", name='files')
        pass
        t_9.extend((
            'also ',
            escape(environment.finalize(l_1_name)),
            ' (',
            escape(environment.finalize(l_1_files)),
            ' files)',
        ))
        return concat(t_9)
    context.exported_vars.add('beside')
    context.vars['beside'] = l_0_beside = Macro(environment, macro, 'beside', ('name', 'files'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_file, l_1_base):
        t_10 = []
        if l_1_file is missing:
            l_1_file = undefined("parameter 'file' was not provided", name='file')
        if l_1_base is missing:
            l_1_base = undefined("parameter 'base' was not provided", name='base')
        pass
        if l_1_base:
            pass
            t_10.extend((
                ' (from ',
                escape(environment.finalize(t_1(environment.getattr(l_1_base, 'specifier')))),
                ', ',
                escape(environment.finalize(t_1(environment.getattr(l_1_base, 'package')))),
                ' ',
                escape(environment.finalize(environment.getattr(l_1_base, 'version'))),
                ')',
            ))
        elif l_1_file:
            pass
            t_10.extend((
                ' (set in ',
                escape(environment.finalize(t_1(l_1_file))),
                ')',
            ))
        return concat(t_10)
    context.exported_vars.add('source')
    context.vars['source'] = l_0_source = Macro(environment, macro, 'source', ('file', 'base'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_said, l_1_holds, l_1_major, l_1_file, l_1_base, l_1_against, l_1_unread):
        t_11 = []
        if l_1_said is missing:
            l_1_said = undefined("parameter 'said' was not provided", name='said')
        if l_1_holds is missing:
            l_1_holds = undefined("parameter 'holds' was not provided", name='holds')
        if l_1_major is missing:
            l_1_major = undefined("parameter 'major' was not provided", name='major')
        if l_1_file is missing:
            l_1_file = undefined("parameter 'file' was not provided", name='file')
        if l_1_base is missing:
            l_1_base = undefined("parameter 'base' was not provided", name='base')
        if l_1_against is missing:
            l_1_against = undefined("parameter 'against' was not provided", name='against')
        if l_1_unread is missing:
            l_1_unread = undefined("parameter 'unread' was not provided", name='unread')
        pass
        if l_1_said:
            pass
            t_11.extend((
                '`strict`',
                escape(environment.finalize(context.call((undefined(name='source') if l_0_source is missing else l_0_source), l_1_file, l_1_base))),
            ))
            if l_1_against:
                pass
                t_11.extend((
                    ', but without ',
                    escape(environment.finalize(t_2(l_1_against))),
                ))
        elif t_4(l_1_said):
            pass
            t_11.append(
                '**not strict** (`strict: false`',
            )
            if l_1_base:
                pass
                t_11.extend((
                    ' in ',
                    escape(environment.finalize(t_1(environment.getattr(l_1_base, 'specifier')))),
                    ', ',
                    escape(environment.finalize(t_1(environment.getattr(l_1_base, 'package')))),
                    ' ',
                    escape(environment.finalize(environment.getattr(l_1_base, 'version'))),
                ))
            elif l_1_file:
                pass
                t_11.extend((
                    ' in ',
                    escape(environment.finalize(t_1(l_1_file))),
                ))
            t_11.append(
                ')',
            )
            if l_1_against:
                pass
                t_11.extend((
                    ', but with ',
                    escape(environment.finalize(t_2(l_1_against))),
                ))
        elif l_1_unread:
            pass
            t_11.extend((
                '`strict` not set in the repository (extends ',
                escape(environment.finalize(t_2(l_1_unread))),
                ', which ',
                escape(environment.finalize(('is' if (t_3(l_1_unread) == 1) else 'are'))),
                ' not in it)',
            ))
            if l_1_against:
                pass
                t_11.extend((
                    ', with ',
                    escape(environment.finalize(t_2(l_1_against))),
                ))
        elif l_1_holds:
            pass
            t_11.extend((
                'strict by default (TypeScript ',
                escape(environment.finalize(l_1_major)),
                ', not set)',
            ))
            if l_1_against:
                pass
                t_11.extend((
                    ', but without ',
                    escape(environment.finalize(t_2(l_1_against))),
                ))
        elif t_4(l_1_holds):
            pass
            t_11.append(
                '**not strict** (`strict` not set)',
            )
            if l_1_against:
                pass
                t_11.extend((
                    ', but with ',
                    escape(environment.finalize(t_2(l_1_against))),
                ))
        else:
            pass
            t_11.append(
                '`strict` not set',
            )
            if l_1_against:
                pass
                t_11.extend((
                    ', ',
                    escape(environment.finalize(t_2(l_1_against))),
                    ' on',
                ))
        return concat(t_11)
    context.exported_vars.add('strict')
    context.vars['strict'] = l_0_strict = Macro(environment, macro, 'strict', ('said', 'holds', 'major', 'file', 'base', 'against', 'unread'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_aliases, l_1_more):
        t_12 = []
        if l_1_aliases is missing:
            l_1_aliases = undefined("parameter 'aliases' was not provided", name='aliases')
        if l_1_more is missing:
            l_1_more = undefined("parameter 'more' was not provided", name='more')
        pass
        l_2_loop = missing
        for (l_2_alias, l_2_target), l_2_loop in LoopContext(l_1_aliases, undefined):
            _loop_vars = {}
            pass
            t_12.extend((
                escape(environment.finalize(t_1(l_2_alias))),
                ' → ',
                escape(environment.finalize(t_1(l_2_target))),
            ))
            if (not environment.getattr(l_2_loop, 'last')):
                pass
                t_12.append(
                    ', ',
                )
        l_2_loop = l_2_alias = l_2_target = missing
        if l_1_more:
            pass
            t_12.extend((
                ', … and ',
                escape(environment.finalize(l_1_more)),
                ' more ',
                escape(environment.finalize(('alias' if (l_1_more == 1) else 'aliases'))),
            ))
        return concat(t_12)
    context.exported_vars.add('paths')
    context.vars['paths'] = l_0_paths = Macro(environment, macro, 'paths', ('aliases', 'more'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_folder):
        t_13 = []
        if l_1_folder is missing:
            l_1_folder = undefined("parameter 'folder' was not provided", name='folder')
        pass
        t_13.extend((
            'bare imports resolve from ',
            escape(environment.finalize(t_1(l_1_folder))),
            ' (`baseUrl`)',
        ))
        return concat(t_13)
    context.exported_vars.add('base_url')
    context.vars['base_url'] = l_0_base_url = Macro(environment, macro, 'base_url', ('folder',), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_name):
        t_14 = []
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        pass
        t_14.extend((
            'target ',
            escape(environment.finalize(l_1_name)),
        ))
        return concat(t_14)
    context.exported_vars.add('target')
    context.vars['target'] = l_0_target = Macro(environment, macro, 'target', ('name',), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_name):
        t_15 = []
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        pass
        t_15.extend((
            escape(environment.finalize(l_1_name)),
            ' resolution',
        ))
        return concat(t_15)
    context.exported_vars.add('resolution')
    context.vars['resolution'] = l_0_resolution = Macro(environment, macro, 'resolution', ('name',), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_name):
        t_16 = []
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        pass
        t_16.extend((
            'module ',
            escape(environment.finalize(l_1_name)),
        ))
        return concat(t_16)
    context.exported_vars.add('module')
    context.vars['module'] = l_0_module = Macro(environment, macro, 'module', ('name',), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_names):
        t_17 = []
        if l_1_names is missing:
            l_1_names = undefined("parameter 'names' was not provided", name='names')
        pass
        t_17.append(
            escape(environment.finalize(t_2(l_1_names))),
        )
        return concat(t_17)
    context.exported_vars.add('notable')
    context.vars['notable'] = l_0_notable = Macro(environment, macro, 'notable', ('names',), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_path):
        t_18 = []
        if l_1_path is missing:
            l_1_path = undefined("parameter 'path' was not provided", name='path')
        pass
        t_18.extend((
            '(',
            escape(environment.finalize(t_1(l_1_path))),
            ')',
        ))
        return concat(t_18)
    context.exported_vars.add('config')
    context.vars['config'] = l_0_config = Macro(environment, macro, 'config', ('path',), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_path, l_1_message):
        t_19 = []
        if l_1_path is missing:
            l_1_path = undefined("parameter 'path' was not provided", name='path')
        if l_1_message is missing:
            l_1_message = undefined("parameter 'message' was not provided", name='message')
        pass
        t_19.extend((
            escape(environment.finalize(t_1(l_1_path))),
            ' ',
            escape(environment.finalize(l_1_message)),
        ))
        return concat(t_19)
    context.exported_vars.add('unreadable')
    context.vars['unreadable'] = l_0_unreadable = Macro(environment, macro, 'unreadable', ('path', 'message'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro():
        t_20 = []
        pass
        t_20.append(
            'no `tsconfig.json`',
        )
        return concat(t_20)
    context.exported_vars.add('unconfigured')
    context.vars['unconfigured'] = l_0_unconfigured = Macro(environment, macro, 'unconfigured', (), False, False, False, context.eval_ctx.autoescape)


# labels/patterns.md.j2
def root_6(context, missing=missing, environment=environment):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_router = l_0_client = l_0_loader = l_0_setting = l_0_output = l_0_base_path = l_0_locales = l_0_actions = l_0_segment = l_0_revalidated = l_0_library = missing
    try:
        t_1 = environment.filters['code']
    except KeyError:
        @internalcode
        def t_1(*unused):
            raise TemplateRuntimeError("No filter named 'code' found.")
    try:
        t_2 = environment.filters['codes']
    except KeyError:
        @internalcode
        def t_2(*unused):
            raise TemplateRuntimeError("No filter named 'codes' found.")
    pass
    def macro(l_1_kind, l_1_folder, l_1_pages, l_1_handlers, l_1_groups, l_1_more):
        t_3 = []
        if l_1_kind is missing:
            l_1_kind = undefined("parameter 'kind' was not provided", name='kind')
        if l_1_folder is missing:
            l_1_folder = undefined("parameter 'folder' was not provided", name='folder')
        if l_1_pages is missing:
            l_1_pages = undefined("parameter 'pages' was not provided", name='pages')
        if l_1_handlers is missing:
            l_1_handlers = undefined("parameter 'handlers' was not provided", name='handlers')
        if l_1_groups is missing:
            l_1_groups = undefined("parameter 'groups' was not provided", name='groups')
        if l_1_more is missing:
            l_1_more = undefined("parameter 'more' was not provided", name='more')
        pass
        t_3.extend((
            escape(environment.finalize(('App Router' if (l_1_kind == 'app') else 'Pages Router'))),
            ' (',
            escape(environment.finalize(t_1(l_1_folder))),
            '): ',
            escape(environment.finalize(l_1_pages)),
            ' ',
            escape(environment.finalize(('page' if (l_1_pages == 1) else 'pages'))),
        ))
        if l_1_groups:
            pass
            t_3.extend((
                ' (groups ',
                escape(environment.finalize(t_2(l_1_groups))),
            ))
            if l_1_more:
                pass
                t_3.extend((
                    ', … and ',
                    escape(environment.finalize(l_1_more)),
                    ' more',
                ))
            t_3.append(
                ')',
            )
        if l_1_handlers:
            pass
            t_3.extend((
                ', ',
                escape(environment.finalize(l_1_handlers)),
                ' ',
            ))
            if (l_1_kind == 'app'):
                pass
                t_3.append(
                    'route',
                )
            else:
                pass
                t_3.append(
                    'API',
                )
            t_3.extend((
                ' ',
                escape(environment.finalize((('handler' if (l_1_kind == 'app') else 'route') if (l_1_handlers == 1) else ('handlers' if (l_1_kind == 'app') else 'routes')))),
            ))
        return concat(t_3)
    context.exported_vars.add('router')
    context.vars['router'] = l_0_router = Macro(environment, macro, 'router', ('kind', 'folder', 'pages', 'handlers', 'groups', 'more'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_count, l_1_total):
        t_4 = []
        if l_1_count is missing:
            l_1_count = undefined("parameter 'count' was not provided", name='count')
        if l_1_total is missing:
            l_1_total = undefined("parameter 'total' was not provided", name='total')
        pass
        if (l_1_total == 1):
            pass
            t_4.append(
                'the page is',
            )
        elif (l_1_count == l_1_total):
            pass
            t_4.append(
                'all pages are',
            )
        else:
            pass
            t_4.extend((
                escape(environment.finalize(l_1_count)),
                ' of the pages ',
                escape(environment.finalize(('is' if (l_1_count == 1) else 'are'))),
            ))
        t_4.append(
            ' `"use client"`',
        )
        return concat(t_4)
    context.exported_vars.add('client')
    context.vars['client'] = l_0_client = Macro(environment, macro, 'client', ('count', 'total'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_name, l_1_count):
        t_5 = []
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        if l_1_count is missing:
            l_1_count = undefined("parameter 'count' was not provided", name='count')
        pass
        t_5.extend((
            escape(environment.finalize(l_1_count)),
            ' ',
            escape(environment.finalize(('page' if (l_1_count == 1) else 'pages'))),
            ' with ',
            escape(environment.finalize(t_1(l_1_name))),
        ))
        return concat(t_5)
    context.exported_vars.add('loader')
    context.vars['loader'] = l_0_loader = Macro(environment, macro, 'loader', ('name', 'count'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_name, l_1_value):
        t_6 = []
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        if l_1_value is missing:
            l_1_value = undefined("parameter 'value' was not provided", name='value')
        pass
        t_6.extend((
            escape(environment.finalize(t_1(l_1_name))),
            ' ',
            escape(environment.finalize(('on' if (l_1_value == True) else l_1_value))),
        ))
        return concat(t_6)
    context.exported_vars.add('setting')
    context.vars['setting'] = l_0_setting = Macro(environment, macro, 'setting', ('name', 'value'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_said):
        t_7 = []
        if l_1_said is missing:
            l_1_said = undefined("parameter 'said' was not provided", name='said')
        pass
        t_7.append(
            escape(environment.finalize(t_1(l_1_said))),
        )
        return concat(t_7)
    context.exported_vars.add('output')
    context.vars['output'] = l_0_output = Macro(environment, macro, 'output', ('said',), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_value):
        t_8 = []
        if l_1_value is missing:
            l_1_value = undefined("parameter 'value' was not provided", name='value')
        pass
        t_8.extend((
            'base path ',
            escape(environment.finalize(t_1(l_1_value))),
        ))
        return concat(t_8)
    context.exported_vars.add('base_path')
    context.vars['base_path'] = l_0_base_path = Macro(environment, macro, 'base_path', ('value',), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_count, l_1_default):
        t_9 = []
        if l_1_count is missing:
            l_1_count = undefined("parameter 'count' was not provided", name='count')
        if l_1_default is missing:
            l_1_default = undefined("parameter 'default' was not provided", name='default')
        pass
        t_9.extend((
            escape(environment.finalize(l_1_count)),
            ' ',
            escape(environment.finalize(('locale' if (l_1_count == 1) else 'locales'))),
            ' by `i18n`',
        ))
        if l_1_default:
            pass
            t_9.extend((
                ', default ',
                escape(environment.finalize(t_1(l_1_default))),
            ))
        return concat(t_9)
    context.exported_vars.add('locales')
    context.vars['locales'] = l_0_locales = Macro(environment, macro, 'locales', ('count', 'default'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_exported, l_1_files, l_1_inline, l_1_wrappers, l_1_through, l_1_more):
        t_10 = []
        if l_1_exported is missing:
            l_1_exported = undefined("parameter 'exported' was not provided", name='exported')
        if l_1_files is missing:
            l_1_files = undefined("parameter 'files' was not provided", name='files')
        if l_1_inline is missing:
            l_1_inline = undefined("parameter 'inline' was not provided", name='inline')
        if l_1_wrappers is missing:
            l_1_wrappers = undefined("parameter 'wrappers' was not provided", name='wrappers')
        if l_1_through is missing:
            l_1_through = undefined("parameter 'through' was not provided", name='through')
        if l_1_more is missing:
            l_1_more = undefined("parameter 'more' was not provided", name='more')
        pass
        if l_1_exported:
            pass
            t_10.extend((
                escape(environment.finalize(l_1_exported)),
                ' Server ',
                escape(environment.finalize(('Action' if (l_1_exported == 1) else 'Actions'))),
                ' in ',
                escape(environment.finalize(l_1_files)),
                ' `"use server"` ',
                escape(environment.finalize(('file' if (l_1_files == 1) else 'files'))),
            ))
            if l_1_wrappers:
                pass
                t_10.append(
                    ', ',
                )
                if (l_1_through == l_1_exported):
                    pass
                    if (l_1_exported > 1):
                        pass
                        t_10.append(
                            'all ',
                        )
                else:
                    pass
                    t_10.extend((
                        escape(environment.finalize(l_1_through)),
                        ' of them ',
                    ))
                t_10.extend((
                    'through ',
                    escape(environment.finalize(t_2(l_1_wrappers))),
                ))
                if l_1_more:
                    pass
                    t_10.extend((
                        ', … and ',
                        escape(environment.finalize(l_1_more)),
                        ' more',
                    ))
        if l_1_inline:
            pass
            if l_1_exported:
                pass
                t_10.append(
                    ', ',
                )
            t_10.extend((
                escape(environment.finalize(l_1_inline)),
                ' inline',
            ))
            if (not l_1_exported):
                pass
                t_10.extend((
                    ' Server ',
                    escape(environment.finalize(('Action' if (l_1_inline == 1) else 'Actions'))),
                ))
        return concat(t_10)
    context.exported_vars.add('actions')
    context.vars['actions'] = l_0_actions = Macro(environment, macro, 'actions', ('exported', 'files', 'inline', 'wrappers', 'through', 'more'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_said, l_1_count):
        t_11 = []
        if l_1_said is missing:
            l_1_said = undefined("parameter 'said' was not provided", name='said')
        if l_1_count is missing:
            l_1_count = undefined("parameter 'count' was not provided", name='count')
        pass
        t_11.extend((
            escape(environment.finalize(t_1(l_1_said))),
            ' in ',
            escape(environment.finalize(l_1_count)),
            ' ',
            escape(environment.finalize(('route' if (l_1_count == 1) else 'routes'))),
        ))
        return concat(t_11)
    context.exported_vars.add('segment')
    context.vars['segment'] = l_0_segment = Macro(environment, macro, 'segment', ('said', 'count'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_count):
        t_12 = []
        if l_1_count is missing:
            l_1_count = undefined("parameter 'count' was not provided", name='count')
        pass
        t_12.extend((
            'timed `revalidate` in ',
            escape(environment.finalize(l_1_count)),
            ' ',
            escape(environment.finalize(('route' if (l_1_count == 1) else 'routes'))),
        ))
        return concat(t_12)
    context.exported_vars.add('revalidated')
    context.vars['revalidated'] = l_0_revalidated = Macro(environment, macro, 'revalidated', ('count',), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_name, l_1_purpose, l_1_package):
        t_13 = []
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        if l_1_purpose is missing:
            l_1_purpose = undefined("parameter 'purpose' was not provided", name='purpose')
        if l_1_package is missing:
            l_1_package = undefined("parameter 'package' was not provided", name='package')
        pass
        t_13.append(
            escape(environment.finalize(l_1_name)),
        )
        if l_1_package:
            pass
            t_13.extend((
                ' by ',
                escape(environment.finalize(t_1(l_1_package))),
            ))
        if l_1_purpose:
            pass
            t_13.extend((
                ' (',
                escape(environment.finalize(l_1_purpose)),
                ')',
            ))
        return concat(t_13)
    context.exported_vars.add('library')
    context.vars['library'] = l_0_library = Macro(environment, macro, 'library', ('name', 'purpose', 'package'), False, False, False, context.eval_ctx.autoescape)


# labels/shared.md.j2
def root_7(context, missing=missing, environment=environment):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_statement = missing
    pass
    def macro(l_1_text):
        t_1 = []
        if l_1_text is missing:
            l_1_text = undefined("parameter 'text' was not provided", name='text')
        pass
        t_1.append(
            escape(environment.finalize(l_1_text)),
        )
        return concat(t_1)
    context.exported_vars.add('statement')
    context.vars['statement'] = l_0_statement = Macro(environment, macro, 'statement', ('text',), False, False, False, context.eval_ctx.autoescape)


# labels/styling.md.j2
def root_8(context, missing=missing, environment=environment):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0__version = l_0_tailwind = l_0_tailwind_use = l_0_tailwind_unloaded = l_0_prefix = l_0_plugins = l_0_theme = l_0_shadcn = l_0_dark = l_0_dark_variant = l_0_dark_media = l_0_dark_split = l_0_library = l_0_icons = l_0_files = l_0_fonts = missing
    try:
        t_1 = environment.filters['code']
    except KeyError:
        @internalcode
        def t_1(*unused):
            raise TemplateRuntimeError("No filter named 'code' found.")
    try:
        t_2 = environment.filters['codes']
    except KeyError:
        @internalcode
        def t_2(*unused):
            raise TemplateRuntimeError("No filter named 'codes' found.")
    try:
        t_3 = environment.filters['join']
    except KeyError:
        @internalcode
        def t_3(*unused):
            raise TemplateRuntimeError("No filter named 'join' found.")
    try:
        t_4 = environment.filters['select']
    except KeyError:
        @internalcode
        def t_4(*unused):
            raise TemplateRuntimeError("No filter named 'select' found.")
    pass
    def macro(l_1_version, l_1_range):
        t_5 = []
        if l_1_version is missing:
            l_1_version = undefined("parameter 'version' was not provided", name='version')
        if l_1_range is missing:
            l_1_range = undefined("parameter 'range' was not provided", name='range')
        pass
        if l_1_version:
            pass
            t_5.extend((
                ' ',
                escape(environment.finalize(l_1_version)),
            ))
        elif l_1_range:
            pass
            t_5.extend((
                ' ',
                escape(environment.finalize(t_1(l_1_range))),
                ' (range)',
            ))
        return concat(t_5)
    context.vars['_version'] = l_0__version = Macro(environment, macro, '_version', ('version', 'range'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_version, l_1_range, l_1_path, l_1_style, l_1_config, l_1_sheet):
        t_6 = []
        if l_1_version is missing:
            l_1_version = undefined("parameter 'version' was not provided", name='version')
        if l_1_range is missing:
            l_1_range = undefined("parameter 'range' was not provided", name='range')
        if l_1_path is missing:
            l_1_path = undefined("parameter 'path' was not provided", name='path')
        if l_1_style is missing:
            l_1_style = undefined("parameter 'style' was not provided", name='style')
        if l_1_config is missing:
            l_1_config = undefined("parameter 'config' was not provided", name='config')
        if l_1_sheet is missing:
            l_1_sheet = undefined("parameter 'sheet' was not provided", name='sheet')
        pass
        t_6.extend((
            'Tailwind CSS',
            escape(environment.finalize(context.call((undefined(name='_version') if l_0__version is missing else l_0__version), l_1_version, l_1_range))),
        ))
        if (l_1_style == 'css'):
            pass
            t_6.append(
                ', ',
            )
            if l_1_config:
                pass
                t_6.extend((
                    escape(environment.finalize(t_1(l_1_path))),
                    ' with `@config` ',
                    escape(environment.finalize(t_1(l_1_config))),
                ))
            else:
                pass
                t_6.extend((
                    'CSS-first (',
                    escape(environment.finalize(t_1(l_1_path))),
                    ')',
                ))
        else:
            pass
            t_6.extend((
                ' (',
                escape(environment.finalize(t_1(l_1_path))),
            ))
            if l_1_sheet:
                pass
                t_6.extend((
                    ', ',
                    escape(environment.finalize(t_1(l_1_sheet))),
                ))
            t_6.append(
                ')',
            )
        return concat(t_6)
    context.exported_vars.add('tailwind')
    context.vars['tailwind'] = l_0_tailwind = Macro(environment, macro, 'tailwind', ('version', 'range', 'path', 'style', 'config', 'sheet'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_version, l_1_range, l_1_path, l_1_through, l_1_style):
        t_7 = []
        if l_1_version is missing:
            l_1_version = undefined("parameter 'version' was not provided", name='version')
        if l_1_range is missing:
            l_1_range = undefined("parameter 'range' was not provided", name='range')
        if l_1_path is missing:
            l_1_path = undefined("parameter 'path' was not provided", name='path')
        if l_1_through is missing:
            l_1_through = undefined("parameter 'through' was not provided", name='through')
        if l_1_style is missing:
            l_1_style = undefined("parameter 'style' was not provided", name='style')
        pass
        t_7.extend((
            'Tailwind CSS',
            escape(environment.finalize(context.call((undefined(name='_version') if l_0__version is missing else l_0__version), l_1_version, l_1_range))),
            ' (',
            escape(environment.finalize(t_1(l_1_path))),
            ', ',
            escape(environment.finalize(('preset' if (l_1_style == 'config') else 'through'))),
            ' ',
            escape(environment.finalize(t_2(l_1_through))),
            ')',
        ))
        return concat(t_7)
    context.exported_vars.add('tailwind_use')
    context.vars['tailwind_use'] = l_0_tailwind_use = Macro(environment, macro, 'tailwind_use', ('version', 'range', 'path', 'through', 'style'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_version, l_1_range):
        t_8 = []
        if l_1_version is missing:
            l_1_version = undefined("parameter 'version' was not provided", name='version')
        if l_1_range is missing:
            l_1_range = undefined("parameter 'range' was not provided", name='range')
        pass
        t_8.extend((
            'Tailwind CSS',
            escape(environment.finalize(context.call((undefined(name='_version') if l_0__version is missing else l_0__version), l_1_version, l_1_range))),
            ' is a dependency; no stylesheet or configuration that loads it was found',
        ))
        return concat(t_8)
    context.exported_vars.add('tailwind_unloaded')
    context.vars['tailwind_unloaded'] = l_0_tailwind_unloaded = Macro(environment, macro, 'tailwind_unloaded', ('version', 'range'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_prefix):
        t_9 = []
        if l_1_prefix is missing:
            l_1_prefix = undefined("parameter 'prefix' was not provided", name='prefix')
        pass
        t_9.extend((
            'prefix ',
            escape(environment.finalize(t_1(l_1_prefix))),
        ))
        return concat(t_9)
    context.exported_vars.add('prefix')
    context.vars['prefix'] = l_0_prefix = Macro(environment, macro, 'prefix', ('prefix',), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_names, l_1_more):
        t_10 = []
        if l_1_names is missing:
            l_1_names = undefined("parameter 'names' was not provided", name='names')
        if l_1_more is missing:
            l_1_more = undefined("parameter 'more' was not provided", name='more')
        pass
        t_10.extend((
            'plugins ',
            escape(environment.finalize(t_2(l_1_names))),
        ))
        if l_1_more:
            pass
            t_10.extend((
                ', … and ',
                escape(environment.finalize(l_1_more)),
                ' more',
            ))
        return concat(t_10)
    context.exported_vars.add('plugins')
    context.vars['plugins'] = l_0_plugins = Macro(environment, macro, 'plugins', ('names', 'more'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_path, l_1_count):
        t_11 = []
        if l_1_path is missing:
            l_1_path = undefined("parameter 'path' was not provided", name='path')
        if l_1_count is missing:
            l_1_count = undefined("parameter 'count' was not provided", name='count')
        pass
        t_11.extend((
            'theme in ',
            escape(environment.finalize(t_1(l_1_path))),
        ))
        return concat(t_11)
    context.exported_vars.add('theme')
    context.vars['theme'] = l_0_theme = Macro(environment, macro, 'theme', ('path', 'count'), False, False, False, context.eval_ctx.autoescape)
    yield '\n\n'
    def macro(l_1_library, l_1_style, l_1_base, l_1_names, l_1_path):
        t_12 = []
        if l_1_library is missing:
            l_1_library = undefined("parameter 'library' was not provided", name='library')
        if l_1_style is missing:
            l_1_style = undefined("parameter 'style' was not provided", name='style')
        if l_1_base is missing:
            l_1_base = undefined("parameter 'base' was not provided", name='base')
        if l_1_names is missing:
            l_1_names = undefined("parameter 'names' was not provided", name='names')
        if l_1_path is missing:
            l_1_path = undefined("parameter 'path' was not provided", name='path')
        pass
        t_12.append(
            escape(environment.finalize(l_1_library)),
        )
        if (l_1_style or l_1_base):
            pass
            t_12.extend((
                ' (',
                escape(environment.finalize(t_3(t_4([l_1_style, l_1_base]), ', '))),
                ')',
            ))
        if l_1_path:
            pass
            t_12.extend((
                ' by ',
                escape(environment.finalize(t_1(l_1_path))),
            ))
        if l_1_names:
            pass
            t_12.extend((
                ' with ',
                escape(environment.finalize(t_2(l_1_names))),
            ))
        return concat(t_12)
    context.exported_vars.add('shadcn')
    context.vars['shadcn'] = l_0_shadcn = Macro(environment, macro, 'shadcn', ('library', 'style', 'base', 'names', 'path'), False, False, False, context.eval_ctx.autoescape)
    yield '\n\n'
    def macro(l_1_switch, l_1_by, l_1_setter, l_1_unset):
        t_13 = []
        if l_1_switch is missing:
            l_1_switch = undefined("parameter 'switch' was not provided", name='switch')
        if l_1_by is missing:
            l_1_by = undefined("parameter 'by' was not provided", name='by')
        if l_1_setter is missing:
            l_1_setter = undefined("parameter 'setter' was not provided", name='setter')
        if l_1_unset is missing:
            l_1_unset = undefined("parameter 'unset' was not provided", name='unset')
        pass
        if (l_1_by == 'always'):
            pass
            t_13.extend((
                'always dark: ',
                escape(environment.finalize(t_1(l_1_setter))),
                ' sets ',
                escape(environment.finalize((t_1(l_1_switch) if l_1_switch else 'it'))),
            ))
        elif l_1_by:
            pass
            t_13.append(
                'light and dark',
            )
            if l_1_switch:
                pass
                t_13.extend((
                    ' by ',
                    escape(environment.finalize(t_1(l_1_switch))),
                ))
            t_13.append(
                ', ',
            )
            if (l_1_by == 'provider'):
                pass
                t_13.append(
                    'next-themes',
                )
            else:
                pass
                t_13.append(
                    'set',
                )
            t_13.extend((
                ' in ',
                escape(environment.finalize(t_1(l_1_setter))),
            ))
        else:
            pass
            t_13.append(
                'light and dark values',
            )
            if l_1_switch:
                pass
                t_13.extend((
                    ' under ',
                    escape(environment.finalize(t_1(l_1_switch))),
                ))
                if l_1_unset:
                    pass
                    t_13.append(
                        ', which no source of the app sets',
                    )
        return concat(t_13)
    context.exported_vars.add('dark')
    context.vars['dark'] = l_0_dark = Macro(environment, macro, 'dark', ('switch', 'by', 'setter', 'unset'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_switch, l_1_by, l_1_setter, l_1_unset):
        t_14 = []
        if l_1_switch is missing:
            l_1_switch = undefined("parameter 'switch' was not provided", name='switch')
        if l_1_by is missing:
            l_1_by = undefined("parameter 'by' was not provided", name='by')
        if l_1_setter is missing:
            l_1_setter = undefined("parameter 'setter' was not provided", name='setter')
        if l_1_unset is missing:
            l_1_unset = undefined("parameter 'unset' was not provided", name='unset')
        pass
        t_14.append(
            '`dark:` by ',
        )
        if l_1_switch:
            pass
            t_14.append(
                escape(environment.finalize(t_1(l_1_switch))),
            )
        else:
            pass
            t_14.append(
                'a selector',
            )
        if l_1_by:
            pass
            t_14.append(
                ', ',
            )
            if (l_1_by == 'provider'):
                pass
                t_14.append(
                    'next-themes',
                )
            elif (l_1_by == 'always'):
                pass
                t_14.append(
                    'always set',
                )
            else:
                pass
                t_14.append(
                    'set',
                )
            t_14.extend((
                ' in ',
                escape(environment.finalize(t_1(l_1_setter))),
            ))
        elif l_1_unset:
            pass
            t_14.append(
                ', which no source of the app sets',
            )
        return concat(t_14)
    context.exported_vars.add('dark_variant')
    context.vars['dark_variant'] = l_0_dark_variant = Macro(environment, macro, 'dark_variant', ('switch', 'by', 'setter', 'unset'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro():
        t_15 = []
        pass
        t_15.append(
            'light and dark by system preference',
        )
        return concat(t_15)
    context.exported_vars.add('dark_media')
    context.vars['dark_media'] = l_0_dark_media = Macro(environment, macro, 'dark_media', (), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_switch, l_1_setting):
        t_16 = []
        if l_1_switch is missing:
            l_1_switch = undefined("parameter 'switch' was not provided", name='switch')
        if l_1_setting is missing:
            l_1_setting = undefined("parameter 'setting' was not provided", name='setting')
        pass
        t_16.append(
            'dark values under ',
        )
        if l_1_switch:
            pass
            t_16.append(
                escape(environment.finalize(t_1(l_1_switch))),
            )
        else:
            pass
            t_16.append(
                'a selector',
            )
        t_16.extend((
            ', while `dark:` utilities follow the system (',
            escape(environment.finalize(t_1(l_1_setting))),
            ' not set)',
        ))
        return concat(t_16)
    context.exported_vars.add('dark_split')
    context.vars['dark_split'] = l_0_dark_split = Macro(environment, macro, 'dark_split', ('switch', 'setting'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_name, l_1_version, l_1_range):
        t_17 = []
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        if l_1_version is missing:
            l_1_version = undefined("parameter 'version' was not provided", name='version')
        if l_1_range is missing:
            l_1_range = undefined("parameter 'range' was not provided", name='range')
        pass
        t_17.extend((
            escape(environment.finalize(l_1_name)),
            escape(environment.finalize(context.call((undefined(name='_version') if l_0__version is missing else l_0__version), l_1_version, l_1_range))),
        ))
        return concat(t_17)
    context.exported_vars.add('library')
    context.vars['library'] = l_0_library = Macro(environment, macro, 'library', ('name', 'version', 'range'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_names):
        t_18 = []
        if l_1_names is missing:
            l_1_names = undefined("parameter 'names' was not provided", name='names')
        pass
        t_18.extend((
            'icons ',
            escape(environment.finalize(t_3(l_1_names, ', '))),
        ))
        return concat(t_18)
    context.exported_vars.add('icons')
    context.vars['icons'] = l_0_icons = Macro(environment, macro, 'icons', ('names',), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_kind, l_1_version, l_1_files):
        t_19 = []
        if l_1_kind is missing:
            l_1_kind = undefined("parameter 'kind' was not provided", name='kind')
        if l_1_version is missing:
            l_1_version = undefined("parameter 'version' was not provided", name='version')
        if l_1_files is missing:
            l_1_files = undefined("parameter 'files' was not provided", name='files')
        pass
        t_19.append(
            escape(environment.finalize(l_1_kind)),
        )
        if l_1_version:
            pass
            t_19.extend((
                ' ',
                escape(environment.finalize(l_1_version)),
            ))
        t_19.extend((
            ' (',
            escape(environment.finalize(l_1_files)),
            ' ',
            escape(environment.finalize(('file' if (l_1_files == 1) else 'files'))),
            ')',
        ))
        return concat(t_19)
    context.exported_vars.add('files')
    context.vars['files'] = l_0_files = Macro(environment, macro, 'files', ('kind', 'version', 'files'), False, False, False, context.eval_ctx.autoescape)
    yield '\n'
    def macro(l_1_by, l_1_names, l_1_more):
        t_20 = []
        if l_1_by is missing:
            l_1_by = undefined("parameter 'by' was not provided", name='by')
        if l_1_names is missing:
            l_1_names = undefined("parameter 'names' was not provided", name='names')
        if l_1_more is missing:
            l_1_more = undefined("parameter 'more' was not provided", name='more')
        pass
        if l_1_names:
            pass
            t_20.extend((
                'fonts ',
                escape(environment.finalize(t_3(l_1_names, ', '))),
            ))
            if l_1_more:
                pass
                t_20.extend((
                    ', … and ',
                    escape(environment.finalize(l_1_more)),
                    ' more',
                ))
            t_20.append(
                ' by ',
            )
        else:
            pass
            t_20.append(
                'local fonts by ',
            )
        t_20.append(
            escape(environment.finalize(t_1(l_1_by))),
        )
        return concat(t_20)
    context.exported_vars.add('fonts')
    context.vars['fonts'] = l_0_fonts = Macro(environment, macro, 'fonts', ('by', 'names', 'more'), False, False, False, context.eval_ctx.autoescape)


# traps.md.j2
def root_9(context, missing=missing, environment=environment):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_dead_gate = l_0_two_gates = l_0_dead_tailwind_config = l_0_missing_file = l_0_unresolved_extends = l_0_two_lockfiles = l_0_foreign_lockfile = l_0_stale_lockfile = l_0_two_versions = l_0_refused_module = l_0_build_ignores_errors = l_0_loose_types = l_0_deprecated_package = l_0_schema_ahead_of_migrations = l_0_snapshot_behind_schema = l_0_snapshot_ahead_of_schema = l_0_migrations_not_in_journal = l_0_migrations_missing = l_0_migrations_of_another_dialect = l_0_unread_matcher = l_0_gate_without_function = l_0_removed_command = l_0_absent_script = missing
    try:
        t_1 = environment.filters['code']
    except KeyError:
        @internalcode
        def t_1(*unused):
            raise TemplateRuntimeError("No filter named 'code' found.")
    try:
        t_2 = environment.filters['codes']
    except KeyError:
        @internalcode
        def t_2(*unused):
            raise TemplateRuntimeError("No filter named 'codes' found.")
    try:
        t_3 = environment.filters['length']
    except KeyError:
        @internalcode
        def t_3(*unused):
            raise TemplateRuntimeError("No filter named 'length' found.")
    pass
    def macro(l_1_path, l_1_reason, l_1_live):
        t_4 = []
        if l_1_path is missing:
            l_1_path = undefined("parameter 'path' was not provided", name='path')
        if l_1_reason is missing:
            l_1_reason = undefined("parameter 'reason' was not provided", name='reason')
        if l_1_live is missing:
            l_1_live = undefined("parameter 'live' was not provided", name='live')
        pass
        t_4.extend((
            escape(environment.finalize(t_1(l_1_path))),
            ' never runs: ',
            escape(environment.finalize(l_1_reason)),
        ))
        if l_1_live:
            pass
            t_4.extend((
                '; the live gate is ',
                escape(environment.finalize(t_1(l_1_live))),
            ))
        return concat(t_4)
    context.exported_vars.add('dead_gate')
    context.vars['dead_gate'] = l_0_dead_gate = Macro(environment, macro, 'dead_gate', ('path', 'reason', 'live'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_path, l_1_reason, l_1_live):
        t_5 = []
        if l_1_path is missing:
            l_1_path = undefined("parameter 'path' was not provided", name='path')
        if l_1_reason is missing:
            l_1_reason = undefined("parameter 'reason' was not provided", name='reason')
        if l_1_live is missing:
            l_1_live = undefined("parameter 'live' was not provided", name='live')
        pass
        t_5.extend((
            escape(environment.finalize(t_1(l_1_path))),
            ' stands beside ',
            escape(environment.finalize(t_1(l_1_live))),
            ': ',
            escape(environment.finalize(l_1_reason)),
        ))
        return concat(t_5)
    context.exported_vars.add('two_gates')
    context.vars['two_gates'] = l_0_two_gates = Macro(environment, macro, 'two_gates', ('path', 'reason', 'live'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_path, l_1_reason):
        t_6 = []
        if l_1_path is missing:
            l_1_path = undefined("parameter 'path' was not provided", name='path')
        if l_1_reason is missing:
            l_1_reason = undefined("parameter 'reason' was not provided", name='reason')
        pass
        t_6.extend((
            escape(environment.finalize(t_1(l_1_path))),
            ' is not loaded: ',
            escape(environment.finalize(l_1_reason)),
        ))
        return concat(t_6)
    context.exported_vars.add('dead_tailwind_config')
    context.vars['dead_tailwind_config'] = l_0_dead_tailwind_config = Macro(environment, macro, 'dead_tailwind_config', ('path', 'reason'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_path, l_1_by):
        t_7 = []
        if l_1_path is missing:
            l_1_path = undefined("parameter 'path' was not provided", name='path')
        if l_1_by is missing:
            l_1_by = undefined("parameter 'by' was not provided", name='by')
        pass
        t_7.extend((
            escape(environment.finalize(t_1(l_1_by))),
            ' names ',
            escape(environment.finalize(t_1(l_1_path))),
            ', which does not exist',
        ))
        return concat(t_7)
    context.exported_vars.add('missing_file')
    context.vars['missing_file'] = l_0_missing_file = Macro(environment, macro, 'missing_file', ('path', 'by'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_path, l_1_extends):
        t_8 = []
        if l_1_path is missing:
            l_1_path = undefined("parameter 'path' was not provided", name='path')
        if l_1_extends is missing:
            l_1_extends = undefined("parameter 'extends' was not provided", name='extends')
        pass
        t_8.extend((
            escape(environment.finalize(t_1(l_1_path))),
            ' extends ',
            escape(environment.finalize(t_2(l_1_extends))),
            ', which is not in the repository: options from there are unknown here',
        ))
        return concat(t_8)
    context.exported_vars.add('unresolved_extends')
    context.vars['unresolved_extends'] = l_0_unresolved_extends = Macro(environment, macro, 'unresolved_extends', ('path', 'extends'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_path, l_1_others):
        t_9 = []
        if l_1_path is missing:
            l_1_path = undefined("parameter 'path' was not provided", name='path')
        if l_1_others is missing:
            l_1_others = undefined("parameter 'others' was not provided", name='others')
        pass
        t_9.extend((
            escape(environment.finalize(t_2(l_1_others))),
            ' ',
            escape(environment.finalize(('lies' if (t_3(l_1_others) == 1) else 'lie'))),
            ' beside ',
            escape(environment.finalize(t_1(l_1_path))),
            ', which rules',
        ))
        return concat(t_9)
    context.exported_vars.add('two_lockfiles')
    context.vars['two_lockfiles'] = l_0_two_lockfiles = Macro(environment, macro, 'two_lockfiles', ('path', 'others'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_path, l_1_tool, l_1_manager):
        t_10 = []
        if l_1_path is missing:
            l_1_path = undefined("parameter 'path' was not provided", name='path')
        if l_1_tool is missing:
            l_1_tool = undefined("parameter 'tool' was not provided", name='tool')
        if l_1_manager is missing:
            l_1_manager = undefined("parameter 'manager' was not provided", name='manager')
        pass
        t_10.extend((
            escape(environment.finalize(t_1(l_1_path))),
            ' is a lockfile of ',
            escape(environment.finalize(l_1_tool)),
            ', but the repository names ',
            escape(environment.finalize(l_1_manager)),
        ))
        return concat(t_10)
    context.exported_vars.add('foreign_lockfile')
    context.vars['foreign_lockfile'] = l_0_foreign_lockfile = Macro(environment, macro, 'foreign_lockfile', ('path', 'tool', 'manager'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_path, l_1_manifest, l_1_differs, l_1_absent, l_1_more):
        t_11 = []
        if l_1_path is missing:
            l_1_path = undefined("parameter 'path' was not provided", name='path')
        if l_1_manifest is missing:
            l_1_manifest = undefined("parameter 'manifest' was not provided", name='manifest')
        if l_1_differs is missing:
            l_1_differs = undefined("parameter 'differs' was not provided", name='differs')
        if l_1_absent is missing:
            l_1_absent = undefined("parameter 'absent' was not provided", name='absent')
        if l_1_more is missing:
            l_1_more = undefined("parameter 'more' was not provided", name='more')
        pass
        t_11.extend((
            escape(environment.finalize(t_1(l_1_path))),
            ' is out of step with ',
            escape(environment.finalize(t_1(l_1_manifest))),
            ': ',
        ))
        l_2_loop = missing
        for (l_2_name, l_2_wanted, l_2_locked), l_2_loop in LoopContext(l_1_differs, undefined):
            _loop_vars = {}
            pass
            if (not environment.getattr(l_2_loop, 'first')):
                pass
                t_11.append(
                    ', ',
                )
            t_11.extend((
                escape(environment.finalize(t_1(l_2_name))),
                ' asks for ',
                escape(environment.finalize(t_1(l_2_wanted))),
                ', locked for ',
                escape(environment.finalize(t_1(l_2_locked))),
            ))
        l_2_loop = l_2_name = l_2_wanted = l_2_locked = missing
        if l_1_absent:
            pass
            if l_1_differs:
                pass
                t_11.append(
                    ', ',
                )
            t_11.extend((
                escape(environment.finalize(t_2(l_1_absent))),
                ' not in it',
            ))
        if l_1_more:
            pass
            t_11.extend((
                ', … and ',
                escape(environment.finalize(l_1_more)),
                ' more',
            ))
        return concat(t_11)
    context.exported_vars.add('stale_lockfile')
    context.vars['stale_lockfile'] = l_0_stale_lockfile = Macro(environment, macro, 'stale_lockfile', ('path', 'manifest', 'differs', 'absent', 'more'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_name, l_1_app, l_1_version, l_1_others, l_1_more):
        t_12 = []
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        if l_1_app is missing:
            l_1_app = undefined("parameter 'app' was not provided", name='app')
        if l_1_version is missing:
            l_1_version = undefined("parameter 'version' was not provided", name='version')
        if l_1_others is missing:
            l_1_others = undefined("parameter 'others' was not provided", name='others')
        if l_1_more is missing:
            l_1_more = undefined("parameter 'more' was not provided", name='more')
        pass
        t_12.extend((
            escape(environment.finalize(t_1(l_1_name))),
            ' is ',
            escape(environment.finalize(l_1_version)),
            ' in ',
        ))
        if (l_1_app == '.'):
            pass
            t_12.append(
                'the app',
            )
        else:
            pass
            t_12.append(
                escape(environment.finalize(t_1(l_1_app))),
            )
        t_12.append(
            ', but ',
        )
        l_2_loop = missing
        for (l_2_place, l_2_exact), l_2_loop in LoopContext(l_1_others, undefined):
            _loop_vars = {}
            pass
            if (not environment.getattr(l_2_loop, 'first')):
                pass
                t_12.append(
                    ', ',
                )
            t_12.extend((
                escape(environment.finalize(l_2_exact)),
                ' in ',
                escape(environment.finalize(t_1(l_2_place))),
            ))
        l_2_loop = l_2_place = l_2_exact = missing
        if l_1_more:
            pass
            t_12.extend((
                ', … and ',
                escape(environment.finalize(l_1_more)),
                ' more',
            ))
        return concat(t_12)
    context.exported_vars.add('two_versions')
    context.vars['two_versions'] = l_0_two_versions = Macro(environment, macro, 'two_versions', ('name', 'app', 'version', 'others', 'more'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_path, l_1_name, l_1_imported):
        t_13 = []
        if l_1_path is missing:
            l_1_path = undefined("parameter 'path' was not provided", name='path')
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        if l_1_imported is missing:
            l_1_imported = undefined("parameter 'imported' was not provided", name='imported')
        pass
        t_13.extend((
            escape(environment.finalize(t_1(l_1_path))),
            ' is a `"use server"` module and exports ',
            escape(environment.finalize(t_1(l_1_name))),
            ', which is no async function: ',
        ))
        if l_1_imported:
            pass
            t_13.append(
                'Next refuses to build it',
            )
        else:
            pass
            t_13.append(
                'Next would refuse it once something imports it (nothing seen)',
            )
        return concat(t_13)
    context.exported_vars.add('refused_module')
    context.vars['refused_module'] = l_0_refused_module = Macro(environment, macro, 'refused_module', ('path', 'name', 'imported'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_path, l_1_settings):
        t_14 = []
        if l_1_path is missing:
            l_1_path = undefined("parameter 'path' was not provided", name='path')
        if l_1_settings is missing:
            l_1_settings = undefined("parameter 'settings' was not provided", name='settings')
        pass
        t_14.extend((
            escape(environment.finalize(t_1(l_1_path))),
            ' sets ',
            escape(environment.finalize(t_2(l_1_settings, ' and '))),
            ': the build passes in spite of such errors',
        ))
        return concat(t_14)
    context.exported_vars.add('build_ignores_errors')
    context.vars['build_ignores_errors'] = l_0_build_ignores_errors = Macro(environment, macro, 'build_ignores_errors', ('path', 'settings'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_path, l_1_off, l_1_written):
        t_15 = []
        if l_1_path is missing:
            l_1_path = undefined("parameter 'path' was not provided", name='path')
        if l_1_off is missing:
            l_1_off = undefined("parameter 'off' was not provided", name='off')
        if l_1_written is missing:
            l_1_written = undefined("parameter 'written' was not provided", name='written')
        pass
        t_15.extend((
            escape(environment.finalize(t_1(l_1_path))),
            ' ',
        ))
        if l_1_written:
            pass
            t_15.extend((
                'sets ',
                escape(environment.finalize(t_2(l_1_off))),
                ' to false',
            ))
        else:
            pass
            t_15.extend((
                'does not set ',
                escape(environment.finalize(t_2(l_1_off))),
            ))
        t_15.append(
            ': the compiler ',
        )
        if ('strict' in l_1_off):
            pass
            t_15.append(
                'does not check types strictly',
            )
        else:
            pass
            t_15.append(
                'lets null and undefined pass for any type',
            )
        return concat(t_15)
    context.exported_vars.add('loose_types')
    context.vars['loose_types'] = l_0_loose_types = Macro(environment, macro, 'loose_types', ('path', 'off', 'written'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_name, l_1_version, l_1_why, l_1_instead, l_1_beside):
        t_16 = []
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        if l_1_version is missing:
            l_1_version = undefined("parameter 'version' was not provided", name='version')
        if l_1_why is missing:
            l_1_why = undefined("parameter 'why' was not provided", name='why')
        if l_1_instead is missing:
            l_1_instead = undefined("parameter 'instead' was not provided", name='instead')
        if l_1_beside is missing:
            l_1_beside = undefined("parameter 'beside' was not provided", name='beside')
        pass
        t_16.append(
            escape(environment.finalize(t_1(l_1_name))),
        )
        if l_1_version:
            pass
            t_16.extend((
                ' ',
                escape(environment.finalize(l_1_version)),
            ))
        t_16.extend((
            ' ',
            escape(environment.finalize(l_1_why)),
        ))
        if l_1_beside:
            pass
            t_16.extend((
                ' (here ',
                escape(environment.finalize(t_1(environment.getitem(l_1_beside, 0)))),
                ' ',
                escape(environment.finalize(environment.getitem(l_1_beside, 1))),
                ')',
            ))
        if l_1_instead:
            pass
            t_16.extend((
                '; instead: ',
                escape(environment.finalize(t_1(l_1_instead))),
            ))
        t_16.append(
            " (by prefill's own list)",
        )
        return concat(t_16)
    context.exported_vars.add('deprecated_package')
    context.vars['deprecated_package'] = l_0_deprecated_package = Macro(environment, macro, 'deprecated_package', ('name', 'version', 'why', 'instead', 'beside'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_items, l_1_more, l_1_file, l_1_snapshot):
        t_17 = []
        if l_1_items is missing:
            l_1_items = undefined("parameter 'items' was not provided", name='items')
        if l_1_more is missing:
            l_1_more = undefined("parameter 'more' was not provided", name='more')
        if l_1_file is missing:
            l_1_file = undefined("parameter 'file' was not provided", name='file')
        if l_1_snapshot is missing:
            l_1_snapshot = undefined("parameter 'snapshot' was not provided", name='snapshot')
        pass
        t_17.extend((
            escape(environment.finalize(t_1(l_1_file))),
            ' is ahead of its migrations: none makes ',
            escape(environment.finalize(t_2(l_1_items))),
        ))
        if l_1_more:
            pass
            t_17.extend((
                ' or ',
                escape(environment.finalize(l_1_more)),
                ' more tables and columns',
            ))
        t_17.extend((
            ' (not in ',
            escape(environment.finalize(t_1(l_1_snapshot))),
            ')',
        ))
        return concat(t_17)
    context.exported_vars.add('schema_ahead_of_migrations')
    context.vars['schema_ahead_of_migrations'] = l_0_schema_ahead_of_migrations = Macro(environment, macro, 'schema_ahead_of_migrations', ('items', 'more', 'file', 'snapshot'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_items, l_1_more, l_1_file, l_1_snapshot):
        t_18 = []
        if l_1_items is missing:
            l_1_items = undefined("parameter 'items' was not provided", name='items')
        if l_1_more is missing:
            l_1_more = undefined("parameter 'more' was not provided", name='more')
        if l_1_file is missing:
            l_1_file = undefined("parameter 'file' was not provided", name='file')
        if l_1_snapshot is missing:
            l_1_snapshot = undefined("parameter 'snapshot' was not provided", name='snapshot')
        pass
        t_18.extend((
            escape(environment.finalize(t_1(l_1_snapshot))),
            ' lacks ',
            escape(environment.finalize(t_2(l_1_items))),
        ))
        if l_1_more:
            pass
            t_18.extend((
                ' and ',
                escape(environment.finalize(l_1_more)),
                ' more',
            ))
        t_18.extend((
            ' of ',
            escape(environment.finalize(t_1(l_1_file))),
            ': drizzle-kit would generate them anew',
        ))
        return concat(t_18)
    context.exported_vars.add('snapshot_behind_schema')
    context.vars['snapshot_behind_schema'] = l_0_snapshot_behind_schema = Macro(environment, macro, 'snapshot_behind_schema', ('items', 'more', 'file', 'snapshot'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_items, l_1_more, l_1_file, l_1_snapshot):
        t_19 = []
        if l_1_items is missing:
            l_1_items = undefined("parameter 'items' was not provided", name='items')
        if l_1_more is missing:
            l_1_more = undefined("parameter 'more' was not provided", name='more')
        if l_1_file is missing:
            l_1_file = undefined("parameter 'file' was not provided", name='file')
        if l_1_snapshot is missing:
            l_1_snapshot = undefined("parameter 'snapshot' was not provided", name='snapshot')
        pass
        t_19.extend((
            escape(environment.finalize(t_1(l_1_snapshot))),
            ' has ',
            escape(environment.finalize(t_2(l_1_items))),
        ))
        if l_1_more:
            pass
            t_19.extend((
                ' and ',
                escape(environment.finalize(l_1_more)),
                ' more',
            ))
        t_19.extend((
            ' that ',
            escape(environment.finalize(t_1(l_1_file))),
            ' lacks: drizzle-kit would generate drops',
        ))
        return concat(t_19)
    context.exported_vars.add('snapshot_ahead_of_schema')
    context.vars['snapshot_ahead_of_schema'] = l_0_snapshot_ahead_of_schema = Macro(environment, macro, 'snapshot_ahead_of_schema', ('items', 'more', 'file', 'snapshot'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_folder, l_1_count, l_1_all, l_1_journal, l_1_absent, l_1_stale):
        t_20 = []
        if l_1_folder is missing:
            l_1_folder = undefined("parameter 'folder' was not provided", name='folder')
        if l_1_count is missing:
            l_1_count = undefined("parameter 'count' was not provided", name='count')
        if l_1_all is missing:
            l_1_all = undefined("parameter 'all' was not provided", name='all')
        if l_1_journal is missing:
            l_1_journal = undefined("parameter 'journal' was not provided", name='journal')
        if l_1_absent is missing:
            l_1_absent = undefined("parameter 'absent' was not provided", name='absent')
        if l_1_stale is missing:
            l_1_stale = undefined("parameter 'stale' was not provided", name='stale')
        pass
        t_20.extend((
            escape(environment.finalize(l_1_count)),
            ' ',
        ))
        if (not l_1_all):
            pass
            t_20.append(
                'of the ',
            )
        t_20.extend((
            'SQL ',
            escape(environment.finalize(('file' if ((l_1_count == 1) and l_1_all) else 'files'))),
            ' in ',
            escape(environment.finalize(t_1(l_1_folder))),
            ' ',
            escape(environment.finalize(('is' if (l_1_count == 1) else 'are'))),
            ' not in its journal',
        ))
        if l_1_absent:
            pass
            t_20.extend((
                ', whose ',
                escape(environment.finalize(t_2(l_1_absent))),
                ' has no file',
            ))
        t_20.extend((
            ': drizzle-kit does not apply ',
            escape(environment.finalize(('it' if (l_1_count == 1) else 'them'))),
        ))
        if l_1_stale:
            pass
            t_20.append(
                ', and its last snapshot is older than the schema',
            )
        return concat(t_20)
    context.exported_vars.add('migrations_not_in_journal')
    context.vars['migrations_not_in_journal'] = l_0_migrations_not_in_journal = Macro(environment, macro, 'migrations_not_in_journal', ('folder', 'count', 'all', 'journal', 'absent', 'stale'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_journal, l_1_tags, l_1_more):
        t_21 = []
        if l_1_journal is missing:
            l_1_journal = undefined("parameter 'journal' was not provided", name='journal')
        if l_1_tags is missing:
            l_1_tags = undefined("parameter 'tags' was not provided", name='tags')
        if l_1_more is missing:
            l_1_more = undefined("parameter 'more' was not provided", name='more')
        pass
        t_21.extend((
            escape(environment.finalize(t_1(l_1_journal))),
            ' names ',
            escape(environment.finalize(t_2(l_1_tags))),
        ))
        if l_1_more:
            pass
            t_21.extend((
                ' and ',
                escape(environment.finalize(l_1_more)),
                ' more',
            ))
        t_21.append(
            ', without an SQL file',
        )
        return concat(t_21)
    context.exported_vars.add('migrations_missing')
    context.vars['migrations_missing'] = l_0_migrations_missing = Macro(environment, macro, 'migrations_missing', ('journal', 'tags', 'more'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_path, l_1_made_for, l_1_dialect, l_1_by):
        t_22 = []
        if l_1_path is missing:
            l_1_path = undefined("parameter 'path' was not provided", name='path')
        if l_1_made_for is missing:
            l_1_made_for = undefined("parameter 'made_for' was not provided", name='made_for')
        if l_1_dialect is missing:
            l_1_dialect = undefined("parameter 'dialect' was not provided", name='dialect')
        if l_1_by is missing:
            l_1_by = undefined("parameter 'by' was not provided", name='by')
        pass
        t_22.extend((
            escape(environment.finalize(t_1(l_1_path))),
            ' is made for ',
            escape(environment.finalize(t_1(l_1_made_for))),
            ', but ',
            escape(environment.finalize(t_1(l_1_by))),
            ' says ',
            escape(environment.finalize(t_1(l_1_dialect))),
            ': those migrations do not fit',
        ))
        return concat(t_22)
    context.exported_vars.add('migrations_of_another_dialect')
    context.vars['migrations_of_another_dialect'] = l_0_migrations_of_another_dialect = Macro(environment, macro, 'migrations_of_another_dialect', ('path', 'made_for', 'dialect', 'by'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_path):
        t_23 = []
        if l_1_path is missing:
            l_1_path = undefined("parameter 'path' was not provided", name='path')
        pass
        t_23.extend((
            'the `matcher` in ',
            escape(environment.finalize(t_1(l_1_path))),
            ' is one that Next cannot read without running it, or refuses: the build fails',
        ))
        return concat(t_23)
    context.exported_vars.add('unread_matcher')
    context.vars['unread_matcher'] = l_0_unread_matcher = Macro(environment, macro, 'unread_matcher', ('path',), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_path, l_1_name):
        t_24 = []
        if l_1_path is missing:
            l_1_path = undefined("parameter 'path' was not provided", name='path')
        if l_1_name is missing:
            l_1_name = undefined("parameter 'name' was not provided", name='name')
        pass
        t_24.extend((
            escape(environment.finalize(t_1(l_1_path))),
            ' exports neither a default nor ',
            escape(environment.finalize(t_1(l_1_name))),
            ': Next refuses it',
        ))
        return concat(t_24)
    context.exported_vars.add('gate_without_function')
    context.vars['gate_without_function'] = l_0_gate_without_function = Macro(environment, macro, 'gate_without_function', ('path', 'name'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_path, l_1_script, l_1_runs, l_1_by):
        t_25 = []
        if l_1_path is missing:
            l_1_path = undefined("parameter 'path' was not provided", name='path')
        if l_1_script is missing:
            l_1_script = undefined("parameter 'script' was not provided", name='script')
        if l_1_runs is missing:
            l_1_runs = undefined("parameter 'runs' was not provided", name='runs')
        if l_1_by is missing:
            l_1_by = undefined("parameter 'by' was not provided", name='by')
        pass
        t_25.extend((
            'the script ',
            escape(environment.finalize(t_1(l_1_script))),
            ' in ',
            escape(environment.finalize(t_1(l_1_path))),
            ' runs ',
            escape(environment.finalize(t_1(l_1_runs))),
            ', which ',
            escape(environment.finalize(l_1_by)),
            ' no longer has',
        ))
        return concat(t_25)
    context.exported_vars.add('removed_command')
    context.vars['removed_command'] = l_0_removed_command = Macro(environment, macro, 'removed_command', ('path', 'script', 'runs', 'by'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_path, l_1_command, l_1_script, l_1_manifest):
        t_26 = []
        if l_1_path is missing:
            l_1_path = undefined("parameter 'path' was not provided", name='path')
        if l_1_command is missing:
            l_1_command = undefined("parameter 'command' was not provided", name='command')
        if l_1_script is missing:
            l_1_script = undefined("parameter 'script' was not provided", name='script')
        if l_1_manifest is missing:
            l_1_manifest = undefined("parameter 'manifest' was not provided", name='manifest')
        pass
        t_26.extend((
            escape(environment.finalize(t_1(l_1_path))),
            ' runs ',
            escape(environment.finalize(t_1(l_1_command))),
            ', but ',
            escape(environment.finalize(t_1(l_1_manifest))),
            ' has no script ',
            escape(environment.finalize(t_1(l_1_script))),
        ))
        return concat(t_26)
    context.exported_vars.add('absent_script')
    context.vars['absent_script'] = l_0_absent_script = Macro(environment, macro, 'absent_script', ('path', 'command', 'script', 'manifest'), False, False, False, context.eval_ctx.autoescape)


ROOTS = {
    'labels/authentication.md.j2': root_0,
    'labels/components.md.j2': root_1,
    'labels/current_state.md.j2': root_2,
    'labels/database.md.j2': root_3,
    'labels/frameworks.md.j2': root_4,
    'labels/language.md.j2': root_5,
    'labels/patterns.md.j2': root_6,
    'labels/shared.md.j2': root_7,
    'labels/styling.md.j2': root_8,
    'traps.md.j2': root_9,
}

SUMS = {
    'labels/authentication.md.j2': 3201900142,
    'labels/components.md.j2': 4235260641,
    'labels/current_state.md.j2': 1957823707,
    'labels/database.md.j2': 85576678,
    'labels/frameworks.md.j2': 3043353711,
    'labels/language.md.j2': 2785363493,
    'labels/patterns.md.j2': 2287413534,
    'labels/shared.md.j2': 951489512,
    'labels/styling.md.j2': 3819342575,
    'traps.md.j2': 2414179514,
}

environment.roots = ROOTS
