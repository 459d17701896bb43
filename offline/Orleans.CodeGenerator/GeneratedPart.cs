namespace Orleans.CodeGenerator;

/// <summary>What one type of the compilation contributes: a source file, and its lines in the module. What it does not have is empty.</summary>
internal sealed record GeneratedPart(string HintName, string Source, string Interface = "", string Class = "", string Codec = "");
