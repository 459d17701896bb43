namespace Orleans.CodeGenerator;

/// <summary>Writes the module of an assembly: the list of what it has.</summary>
internal static class ModuleWriter
{
    public static string Write(string space, IReadOnlyCollection<string> references, IReadOnlyCollection<GeneratedPart> parts)
    {
        var attributes = references.Select(name => $"[assembly: global::Orleans.Metadata.GrainModuleReference({Symbols.Literal(name)})]")
            .Prepend($"[assembly: global::Orleans.Metadata.GrainModule(typeof(global::{space}.Module))]");
        var code = new GeneratedCode(space);
        code.Open("internal sealed class Module : global::Orleans.Metadata.GrainModule");
        WriteList(code, "Interfaces", "GrainInterface", parts.Select(part => part.Interface));
        WriteList(code, "Classes", "GrainClass", parts.Select(part => part.Class));
        code.Open("public override void RegisterCodecs(global::Orleans.Serialization.CodecRegistration codecs)");
        foreach (var part in parts.Where(part => part.Codec.Length > 0))
        {
            code.Line(part.Codec);
        }

        code.Close();
        code.Close();
        return string.Join("\n", attributes) + "\n" + code;
    }

    private static void WriteList(GeneratedCode code, string name, string type, IEnumerable<string> items)
    {
        code.Open($"public override global::System.Collections.Generic.IEnumerable<global::Orleans.Metadata.{type}> {name} => new global::Orleans.Metadata.{type}[]");
        foreach (var item in items.Where(item => item.Length > 0))
        {
            code.Line(item + ",");
        }

        code.Close(";");
    }
}
