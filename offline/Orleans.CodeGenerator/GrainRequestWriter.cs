using Microsoft.CodeAnalysis;

namespace Orleans.CodeGenerator;

/// <summary>Writes the request class of a grain method, and the call that makes it.</summary>
internal sealed class GrainRequestWriter
{
    private const string Invocation = "global::Orleans.Serialization.Invocation.";

    private static readonly string[] Options = ["AlwaysInterleave", "ReadOnly", "OneWay"];

    private readonly IMethodSymbol _method;
    private readonly string _interface;
    private readonly string _returns;
    private readonly string _result;
    private readonly IParameterSymbol? _token;

    public GrainRequestWriter(IMethodSymbol method, string className)
    {
        _method = method;
        ClassName = className;
        _interface = method.ContainingType.Name();
        _returns = (method.ReturnType as INamedTypeSymbol)?.ConstructedFrom.FullName() ?? "";
        _result = method.ReturnType is INamedTypeSymbol { Arity: 1 } generic ? generic.TypeArguments[0].Name() : Invocation + "Nothing";
        _token = method.Parameters.FirstOrDefault(parameter => IsToken(parameter));
    }

    public string ClassName { get; }

    /// <summary>The method has a form that a grain can answer.</summary>
    public bool IsCallable =>
        _returns is "System.Threading.Tasks.Task" or "System.Threading.Tasks.Task`1"
            or "System.Threading.Tasks.ValueTask" or "System.Threading.Tasks.ValueTask`1"
            or "System.Collections.Generic.IAsyncEnumerable`1"
        && _method.Arity == 0
        && _method.Parameters.All(parameter => parameter.RefKind == RefKind.None);

    private bool IsStream => _returns == "System.Collections.Generic.IAsyncEnumerable`1";

    private string BaseClass => IsStream ? $"{Invocation}GrainStreamRequest<{_result}>" : $"{Invocation}GrainRequest<{_result}>";

    public void WriteCall(GeneratedCode code)
    {
        var parameters = string.Join(", ", _method.Parameters.Select(parameter => $"{parameter.Type.Name()} a{parameter.Ordinal}"));
        var head = $"{_method.ReturnType.Name()} {_interface}.{_method.Name}({parameters})";
        if (!IsCallable)
        {
            code.Error($"{_method.MetadataName()}: a grain method is not generic, takes values, and returns Task, ValueTask or IAsyncEnumerable.");
            return;
        }

        var arguments = string.Join(", ", _method.Parameters.Select(parameter => $"A{parameter.Ordinal} = a{parameter.Ordinal}"));
        var request = $"new {ClassName}" + (arguments.Length > 0 ? $" {{ {arguments} }}" : "()");
        var call = IsStream ? $"base.InvokeStream<{_result}>({request})" : $"base.InvokeAsync<{_result}>({request})";
        code.Line($"{head} => {(_returns.Contains("ValueTask") ? $"new {_method.ReturnType.Name()}({call})" : call)};");
    }

    public void Write(GeneratedCode code)
    {
        if (!IsCallable)
        {
            return;
        }

        code.Open($"internal sealed class {ClassName}() : {BaseClass}(Description)");
        code.Line(Description());
        foreach (var parameter in _method.Parameters)
        {
            code.Line($"public {parameter.Type.Name()} A{parameter.Ordinal};");
        }

        WriteInvoke(code);
        WriteArguments(code);
        WriteToken(code);
        WriteCopy(code);
        WriteWire(code);
        code.Close();
        code.Line("");
    }

    private static bool IsToken(IParameterSymbol parameter) => parameter.Type.Name() == "global::System.Threading.CancellationToken";

    private string Description()
    {
        var types = string.Join(", ", _method.Parameters.Select(parameter => $"typeof({parameter.Type.Name()})"));
        var signature = $"{_method.Name}({string.Join(",", _method.Parameters.Select(parameter => parameter.Type.Name().Replace("global::", "")))})";
        var timeout = (_method.Attribute("Orleans.ResponseTimeoutAttribute") ?? _method.ContainingType.Attribute("Orleans.ResponseTimeoutAttribute")).Argument(0);
        var options = Options
            .Where(option => _method.Has($"Orleans.Concurrency.{option}Attribute"))
            .DefaultIfEmpty("None")
            .Select(option => $"global::Orleans.Metadata.GrainMethodOptions.{option}");
        return $"public static readonly global::Orleans.Metadata.GrainMethod Description = new(typeof({_interface}), {Symbols.Literal(_method.Name)}, "
            + $"{Symbols.Literal(signature)}, new global::System.Type[] {{ {types} }}, {string.Join(" | ", options)}, {Symbols.Literal(timeout)}, "
            + $"static () => new {ClassName}());";
    }

    private void WriteInvoke(GeneratedCode code)
    {
        var call = $"(({_interface})target).{_method.Name}({string.Join(", ", _method.Parameters.Select(parameter => $"A{parameter.Ordinal}"))})";
        var invoke = _returns switch
        {
            "System.Threading.Tasks.Task" or "System.Threading.Tasks.ValueTask" => $"{Invocation}Nothing.From({call})",
            "System.Threading.Tasks.Task`1" => $"new global::System.Threading.Tasks.ValueTask<{_result}>({call})",
            _ => call,
        };
        var type = IsStream ? _method.ReturnType.Name() : $"global::System.Threading.Tasks.ValueTask<{_result}>";
        code.Line($"public override {type} InvokeOn(object target) => {invoke};");
    }

    private void WriteArguments(GeneratedCode code)
    {
        if (_method.Parameters.Length == 0)
        {
            return;
        }

        code.Line($"public override int GetArgumentCount() => {_method.Parameters.Length};");
        code.Open("public override object GetArgument(int index) => index switch");
        foreach (var parameter in _method.Parameters)
        {
            code.Line($"{parameter.Ordinal} => A{parameter.Ordinal},");
        }

        code.Line("_ => base.GetArgument(index),");
        code.Close(";");
        code.Open("public override void SetArgument(int index, object value)");
        code.Open("switch (index)");
        foreach (var parameter in _method.Parameters)
        {
            code.Line($"case {parameter.Ordinal}: A{parameter.Ordinal} = ({parameter.Type.Name()})value; break;");
        }

        code.Line("default: base.SetArgument(index, value); break;");
        code.Close();
        code.Close();
    }

    private void WriteToken(GeneratedCode code)
    {
        if (_token is not null)
        {
            code.Line($"public override global::System.Threading.CancellationToken GetCancellationToken() => A{_token.Ordinal};");
            code.Line("public override void SetCancellationToken(global::System.Threading.CancellationToken token) => "
                + $"A{_token.Ordinal} = token;");
        }
    }

    private void WriteCopy(GeneratedCode code)
    {
        var copied = _method.Parameters.Where(parameter => !parameter.Type.IsImmutable() && !parameter.Has("Orleans.ImmutableAttribute")).ToList();
        if (copied.Count == 0)
        {
            return;
        }

        code.Open("public override void CopyArguments(global::Orleans.Serialization.CopyContext context)");
        copied.ForEach(parameter => code.Line($"A{parameter.Ordinal} = context.Copy(A{parameter.Ordinal});"));
        code.Close();
    }

    private void WriteWire(GeneratedCode code)
    {
        var sent = _method.Parameters.Where(parameter => !IsToken(parameter)).ToList();
        if (sent.Count == 0)
        {
            return;
        }

        code.Open("public override void WriteArguments(global::Orleans.Serialization.WireWriter writer)");
        sent.ForEach(parameter => code.Line($"writer.Write(A{parameter.Ordinal});"));
        code.Close();
        code.Open("public override void ReadArguments(global::Orleans.Serialization.WireReader reader)");
        sent.ForEach(parameter => code.Line($"A{parameter.Ordinal} = reader.Read<{parameter.Type.Name()}>();"));
        code.Close();
    }
}
