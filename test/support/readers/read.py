"""Reads snippets with Python's own parser: prints what each of them hands to its client library, as JSON, one a line."""

import ast
import json
import sys


class Environment(ast.NodeTransformer):
    """Puts a marker in the place of `os.environ["NAME"]`, so that the rest is a literal."""

    def visit_Subscript(self, node):
        if ast.unparse(node.value) != "os.environ":
            return self.generic_visit(node)
        return ast.Constant(value={"environment": ast.literal_eval(node.slice)})


def value_of(node, known):
    if isinstance(node, ast.Name):
        return known[node.id]
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Dict):
        return {value_of(k, known): value_of(v, known) for k, v in zip(node.keys, node.values)}
    if isinstance(node, ast.List):
        return [value_of(item, known) for item in node.elts]
    return ast.literal_eval(node)


def read(file):
    with open(file, encoding="utf-8") as source:
        text = source.read()
    compile(text, file, "exec")
    known, calls = {}, []
    for statement in Environment().visit(ast.parse(text)).body:
        if not isinstance(statement, ast.Assign):
            continue
        name, value = ast.unparse(statement.targets[0]), statement.value
        if isinstance(value, ast.Call):
            arguments = {word.arg: value_of(word.value, known) for word in value.keywords}
            calls.append({"call": ast.unparse(value.func), "arguments": arguments})
        else:
            known[name] = value_of(value, known)
    return {"known": known, "calls": calls}


for path in sys.argv[1:]:
    print(json.dumps(read(path)))
