// Reads snippets with Java's own compiler: prints what each of them hands to its client library, as JSON, one a line.

import com.sun.source.tree.*;
import com.sun.source.util.*;
import java.nio.charset.StandardCharsets;
import java.util.*;
import java.util.stream.*;
import javax.tools.*;

public class ReadSnippets {
    public static void main(String[] files) throws Exception {
        for (String file : files) System.out.println(json(read(file)));
    }

    static Map<String, Object> read(String file) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        StandardJavaFileManager manager = compiler.getStandardFileManager(problems, null, StandardCharsets.UTF_8);
        JavacTask task = (JavacTask) compiler.getTask(
                null, manager, problems, List.of(), null, manager.getJavaFileObjects(file));
        Reader reader = new Reader();
        for (CompilationUnitTree unit : task.parse()) reader.scan(unit, null);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("problems", problems.getDiagnostics().stream().map(Object::toString).collect(Collectors.toList()));
        result.put("known", reader.known);
        result.put("statements", reader.statements);
        return result;
    }

    /** Evaluates local variables, and statements that are chains of calls. */
    static class Reader extends TreeScanner<Void, Void> {
        final Map<String, Object> known = new LinkedHashMap<>();
        final List<Object> statements = new ArrayList<>();

        @Override
        public Void visitVariable(VariableTree tree, Void nothing) {
            if (tree.getInitializer() != null) known.put(tree.getName().toString(), value(tree.getInitializer()));
            return super.visitVariable(tree, nothing);
        }

        @Override
        public Void visitAssignment(AssignmentTree tree, Void nothing) {
            known.put(tree.getVariable().toString(), value(tree.getExpression()));
            return super.visitAssignment(tree, nothing);
        }

        @Override
        public Void visitExpressionStatement(ExpressionStatementTree tree, Void nothing) {
            if (tree.getExpression() instanceof MethodInvocationTree) statements.add(value(tree.getExpression()));
            return super.visitExpressionStatement(tree, nothing);
        }

        Object value(ExpressionTree tree) {
            if (tree instanceof LiteralTree) return ((LiteralTree) tree).getValue();
            if (tree instanceof UnaryTree) return -((Number) value(((UnaryTree) tree).getExpression())).doubleValue();
            if (tree instanceof IdentifierTree && known.containsKey(tree.toString())) return known.get(tree.toString());
            if (!(tree instanceof MethodInvocationTree)) return tree.toString();
            MethodInvocationTree call = (MethodInvocationTree) tree;
            List<Object> arguments = call.getArguments().stream().map(this::value).collect(Collectors.toList());
            String name = call.getMethodSelect().toString();
            if (name.equals("String.join")) {
                return arguments.stream().skip(1).map(Object::toString)
                        .collect(Collectors.joining((String) arguments.get(0)));
            }
            if (name.equals("Arrays.asList")) return arguments;
            if (name.equals("Collections.singletonMap")) return pair(arguments.get(0), arguments.get(1));
            if (name.equals("System.getenv")) return pair("environment", arguments.get(0));
            if (name.startsWith("Role.")) return name.split("\\.")[1].toLowerCase();
            return chain(call, arguments);
        }

        /** `a.b(1).c(2)` as `[["b", 1], ["c", 2]]`; `map.put(…)` also does what it says. */
        @SuppressWarnings("unchecked")
        Object chain(MethodInvocationTree call, List<Object> arguments) {
            if (!(call.getMethodSelect() instanceof MemberSelectTree)) return call.toString();
            MemberSelectTree select = (MemberSelectTree) call.getMethodSelect();
            String name = select.getIdentifier().toString();
            ExpressionTree receiver = select.getExpression();
            if (name.equals("put")) {
                Object map = known.get(receiver.toString());
                Map<Object, Object> filled = map instanceof Map ? (Map<Object, Object>) map : new LinkedHashMap<>();
                filled.put(arguments.get(0), arguments.get(1));
                known.put(receiver.toString(), filled);
            }
            List<Object> calls = new ArrayList<>();
            if (receiver instanceof MethodInvocationTree && value(receiver) instanceof List) {
                calls.addAll((List<Object>) value(receiver));
            }
            List<Object> entry = new ArrayList<>(List.of(name));
            entry.addAll(arguments);
            calls.add(entry);
            return calls;
        }

        static Map<Object, Object> pair(Object key, Object value) {
            Map<Object, Object> map = new LinkedHashMap<>();
            map.put(key, value);
            return map;
        }
    }

    static String json(Object value) {
        if (value == null || value instanceof Boolean || value instanceof Number) return String.valueOf(value);
        if (value instanceof List) {
            return ((List<?>) value).stream().map(ReadSnippets::json).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Map) {
            return ((Map<?, ?>) value).entrySet().stream()
                    .map(entry -> json(String.valueOf(entry.getKey())) + ":" + json(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        StringBuilder text = new StringBuilder("\"");
        for (char unit : String.valueOf(value).toCharArray()) text.append(String.format("\\u%04x", (int) unit));
        return text.append('"').toString();
    }
}
