"""Questions executed by projections compiled once for each text, or else as Strawberry does it."""

import logging
from asyncio import gather
from collections.abc import Awaitable
from dataclasses import dataclass
from functools import lru_cache
from inspect import isawaitable
from typing import Any, cast

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLField,
    OperationDefinitionNode,
    OperationType,
    VariableNode,
    Visitor,
    get_operation_ast,
    visit,
)
from graphql import execute as execute_in_core
from graphql.execution.collect_fields import FragmentDetails, collect_fields
from graphql.execution.executor import Executor
from graphql.execution.values import VariableValues, get_argument_values
from graphql.pyutils import Path
from strawberry.execution.is_awaitable import optimized_is_awaitable
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from strawberry.types.execution import ExecutionResult
from strawberry.types.graphql import OperationType as AllowedType

from api.graphql.compiler import Compiler
from api.graphql.context import Context
from api.graphql.limits import MOST_DEPTH, REMEMBERED, document, faults, too_costly
from api.graphql.projection import Declined, Item, Run
from api.graphql.request import Question
from api.graphql.schema import schema

log = logging.getLogger(__name__)

CORE = schema._schema


@dataclass(frozen=True)
class Root:
    """One field at the top of a question."""

    key: str
    field: GraphQLField | None  # None: `__typename`
    nodes: list[FieldNode]
    complete: Item


async def execute(question: Question, context: Context) -> ExecutionResult:
    """Answer a question. Raises Strawberry's errors where it has no operation to execute."""
    executor = executor_for(question, context)
    plan = executor and plan_of(
        question.query, question.operation_name, conditions(question, executor)
    )
    if executor is None or plan is None:
        log.debug("The ordinary executor answers: nothing is compiled for this.")
        return await ordinarily(question, context)
    answers = await answers_of(plan, executor)
    data = await projected(plan, answers, Run(context, executor.variable_values))
    if data is None:
        return await completed_ordinarily(question, context, plan, answers)
    return ExecutionResult(data=data, errors=None)


async def ordinarily(question: Question, context: Context) -> ExecutionResult:
    """What Strawberry makes of a question."""
    return await schema.execute(
        question.query,
        variable_values=question.variables,
        context_value=context,
        operation_name=question.operation_name,
        allowed_operation_types=[AllowedType.QUERY],
    )


@dataclass(frozen=True)
class Sound:
    """A text without faults, and the query of it that is meant."""

    document: DocumentNode
    operation: OperationDefinitionNode
    conditions: list[str]  # the variables that decide what is skipped and included

    @property
    def fragments(self) -> dict[str, FragmentDetails]:
        """Its fragments, by name."""
        return {
            node.name.value: FragmentDetails(node)
            for node in self.document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }


@lru_cache(maxsize=REMEMBERED)
def sound(text: str, operation_name: str | None) -> Sound | None:
    """The text if it can be executed; else None, and Strawberry says what is wrong with it."""
    try:
        parsed = document(text)
    except GraphQLError:
        return None
    operation = get_operation_ast(parsed, operation_name)
    if operation is None or operation.operation is not OperationType.QUERY:
        return None
    if faults(CORE, text):
        return None
    found = Conditions()
    visit(parsed, found)
    return Sound(parsed, operation, sorted(found.names))


class Conditions(Visitor):
    """Finds the variables of `@skip` and `@include`."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_directive(self, node: Any, *_: object) -> None:
        """Note the variables of one directive."""
        for argument in node.arguments or ():
            if isinstance(argument.value, VariableNode):
                self.names.add(argument.value.name.value)


def executor_for(question: Question, context: Context) -> Executor | None:
    """What the question is executed with; None where it has faults or is too large."""
    text, name, variables = question.query, question.operation_name, question.variables
    asked = sound(text, name)
    if asked is None or too_costly(CORE, text, name, variables or {}):
        return None
    executor = StrawberryGraphQLCoreExecutionContext.build(
        CORE,
        asked.document,
        context_value=context,
        raw_variable_values=variables,
        operation_name=name,
        is_awaitable=cast(Any, optimized_is_awaitable),
    )
    return executor if isinstance(executor, Executor) else None


def conditions(question: Question, executor: Executor) -> tuple[tuple[str, Any], ...]:
    """The variables that decide what is skipped and included, with their values."""
    asked = sound(question.query, question.operation_name)
    given = executor.variable_values.coerced
    return tuple((name, given.get(name)) for name in asked.conditions) if asked else ()


@lru_cache(maxsize=REMEMBERED)
def plan_of(
    text: str, operation_name: str | None, chosen: tuple[tuple[str, Any], ...]
) -> list[Root] | None:
    """The fields at the top with their projections; None where one cannot be compiled."""
    asked = sound(text, operation_name)
    assert asked is not None
    values = VariableValues({}, dict(chosen))
    compiler = Compiler(CORE, asked.fragments, values, asked.operation)
    try:
        return roots(compiler)
    except (Declined, GraphQLError) as error:
        log.debug("Not compiled: %s", error)
        return None


def roots(compiler: Compiler) -> list[Root]:
    """The fields at the top, compiled. Raises Declined where one cannot be."""
    query = CORE.query_type
    assert query is not None
    groups = collect_fields(
        CORE, compiler.fragments, compiler.variables, query, compiler.operation
    ).grouped_field_set
    found: list[Root] = []
    for key, details in groups.items():
        nodes = [each.node for each in details]
        name = nodes[0].name.value
        if name == "__typename":
            found.append(Root(key, None, nodes, lambda value, day: value))
            continue
        if name not in query.fields:
            raise Declined("Introspection is not compiled.")
        field = query.fields[name]
        complete = compiler.completed(field.type, details, of_rows=False)
        found.append(Root(key, field, nodes, complete))
    return found


async def answers_of(plan: list[Root], executor: Executor) -> list[Any]:
    """What the resolvers at the top answer, their errors among it."""
    if len(plan) > 1:
        questions = [answer_of(root, executor) for root in plan]
        return await gather(*questions, return_exceptions=True)
    try:
        return [await answer_of(root, executor) for root in plan]
    except Exception as error:  # noqa: BLE001 - as gather does
        return [error]


async def answer_of(root: Root, executor: Executor) -> Any:
    """What one resolver at the top answers."""
    query = CORE.query_type
    assert query is not None
    if root.field is None:
        return query.name
    arguments = get_argument_values(root.field, root.nodes[0], executor.variable_values)
    path = Path(None, root.key, query.name)
    info = executor.build_resolve_info(root.field, root.nodes, query, path)
    assert root.field.resolve is not None
    answer = root.field.resolve(None, info, **arguments)
    return await answer if isawaitable(answer) else answer


async def projected(
    plan: list[Root], answers: list[Any], run: Run
) -> dict[str, Any] | None:
    """The data of an answer; None where the ordinary executor should make it, with its errors."""
    try:
        return await data_of(plan, answers, run)
    except Exception as error:  # noqa: BLE001 - whatever it is, the ordinary executor meets it too
        log.debug("The ordinary executor completes the answer: %r", error)
    # What is on its way is waited for, or it would be asked for once more.
    await gather(*run.waits, return_exceptions=True)
    return None


async def data_of(plan: list[Root], answers: list[Any], run: Run) -> dict[str, Any]:
    """The data of an answer. Raises whatever error it meets.

    What a row lacks is noted on the way and loaded at once; then all is projected anew, which costs less
    than to remember where each piece belongs. Each pass goes at least one level deeper.
    """
    for answer in answers:
        if isinstance(answer, Exception):
            raise answer
    for _ in range(MOST_DEPTH + 1):
        data = {
            root.key: root.complete(answer, run.on(None))
            for root, answer in zip(plan, answers, strict=True)
        }
        if not run.waits:
            return data
        await gather(*run.waits, return_exceptions=True)
        run.waits.clear()
    raise Declined(
        "The rows were not complete after as many passes as there are levels."
    )


async def completed_ordinarily(
    question: Question, context: Context, plan: list[Root], answers: list[Any]
) -> ExecutionResult:
    """What graphql-core makes of the answers that the resolvers at the top have given already."""
    known = {root.key: answer for root, answer in zip(plan, answers, strict=True)}

    def replay(resolve: Any, source: Any, info: Any, **arguments: Any) -> Any:
        # graphql-core raises an error that is returned.
        top = info.path.prev is None
        return known[info.path.key] if top else resolve(source, info, **arguments)

    result = execute_in_core(
        CORE,
        document(question.query),
        context_value=context,
        variable_values=question.variables,
        operation_name=question.operation_name,
        middleware=[replay],
        executor_class=StrawberryGraphQLCoreExecutionContext,
        is_awaitable=cast(Any, optimized_is_awaitable),
    )
    if isinstance(result, Awaitable):
        result = await result
    return ExecutionResult(data=result.data, errors=result.errors)
