using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Orleans.CodeGenerator;

/// <summary>
/// Generates what the stand-in engine needs instead of reflection: a reference for each grain interface, a request for each of its methods,
/// a codec for each serialized type, and a module that lists them with the grain classes.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class GrainGenerator : IIncrementalGenerator
{
    private const string ModuleAttribute = "Orleans.Metadata.GrainModuleAttribute";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var parts = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => IsCandidate(node), static (candidate, token) => Parts(candidate, token))
            .SelectMany(static (found, _) => found)
            .Collect();
        var references = context.CompilationProvider.Select(static (compilation, _) => References(compilation));
        context.RegisterSourceOutput(parts.Combine(references), static (output, found) => Emit(output, found.Left, found.Right));
    }

    private static bool IsCandidate(SyntaxNode node) =>
        node is BaseTypeDeclarationSyntax { AttributeLists.Count: > 0 } or BaseTypeDeclarationSyntax { BaseList: not null };

    private static ImmutableArray<GeneratedPart> Parts(GeneratorSyntaxContext candidate, CancellationToken token)
    {
        if (candidate.SemanticModel.GetDeclaredSymbol(candidate.Node, token) is not INamedTypeSymbol type || !IsFirst(candidate, type))
        {
            return [];
        }

        var space = Space(candidate.SemanticModel.Compilation.Assembly.Name);
        var parts = ImmutableArray.CreateBuilder<GeneratedPart>();
        if (!type.IsNameable())
        {
            return [];
        }

        if (type.IsGrainInterface())
        {
            parts.Add(GrainInterfaceWriter.Write(type, space));
        }

        if (type.IsGrainClass())
        {
            parts.Add(GrainClassWriter.Write(type, space));
        }

        if (type.IsSerialized())
        {
            parts.Add(CodecWriter.Write(type, space));
        }

        return parts.ToImmutable();
    }

    /// <summary>A partial type is looked at once: where the first of its candidates stands.</summary>
    private static bool IsFirst(GeneratorSyntaxContext candidate, INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.First(reference => IsCandidate(reference.GetSyntax())) is var first
        && first.SyntaxTree == candidate.Node.SyntaxTree
        && first.Span == candidate.Node.Span;

    /// <summary>The assembly, and after it the assemblies with modules that it refers to; nothing if it does not know the engine.</summary>
    private static string References(Compilation compilation)
    {
        if (compilation.GetTypeByMetadataName(ModuleAttribute) is null)
        {
            return "";
        }

        var names = compilation.SourceModule.ReferencedAssemblySymbols
            .Where(assembly => assembly.Has(ModuleAttribute))
            .Select(assembly => assembly.Name)
            .OrderBy(name => name, System.StringComparer.Ordinal);
        return string.Join("\n", new[] { compilation.Assembly.Name }.Concat(names));
    }

    private static void Emit(SourceProductionContext output, ImmutableArray<GeneratedPart> parts, string references)
    {
        if (references.Length == 0)
        {
            return;
        }

        var names = references.Split('\n');
        foreach (var part in parts.Where(part => part.HintName.Length > 0))
        {
            output.AddSource(part.HintName, SourceText.From(part.Source, Encoding.UTF8));
        }

        output.AddSource("Module.g.cs", SourceText.From(ModuleWriter.Write(Space(names[0]), [.. names.Skip(1)], parts), Encoding.UTF8));
    }

    private static string Space(string assemblyName) =>
        "OrleansGenerated." + new string([.. assemblyName.Select(letter => char.IsLetterOrDigit(letter) ? letter : '_')]);
}
