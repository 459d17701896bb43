using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Orleans.CodeGenerator;

/// <summary>Questions about types and members.</summary>
internal static class Symbols
{
    private static readonly ImmutableHashSet<string> KeyInterfaces = ImmutableHashSet.Create(
        "Orleans.IGrain", "Orleans.IGrainWithStringKey", "Orleans.IGrainWithGuidKey", "Orleans.IGrainWithIntegerKey");

    public static string Name(this ITypeSymbol type) =>
        type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    public static string MetadataName(this ISymbol symbol) =>
        symbol.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat.WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.None));

    /// <summary>A type's name as an identifier.</summary>
    public static string Identifier(this ISymbol symbol)
    {
        var text = new StringBuilder(symbol.MetadataName());
        if (symbol is INamedTypeSymbol { Arity: > 0 } generic)
        {
            text.Append('_').Append(generic.Arity);
        }

        for (var i = 0; i < text.Length; i++)
        {
            text[i] = char.IsLetterOrDigit(text[i]) ? text[i] : '_';
        }

        return text.ToString();
    }

    /// <summary>A type's name at run time.</summary>
    public static string FullName(this INamedTypeSymbol type)
    {
        var name = type.ContainingType is { } outer ? $"{outer.FullName()}+{type.MetadataName}"
            : type.ContainingNamespace is { IsGlobalNamespace: false } space ? $"{space.MetadataName()}.{type.MetadataName}"
            : type.MetadataName;
        return name;
    }

    public static AttributeData? Attribute(this ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.FullName() == name);

    public static bool Has(this ISymbol symbol, string name) => symbol.Attribute(name) is not null;

    public static object? Argument(this AttributeData? attribute, int index) =>
        attribute is not null && index < attribute.ConstructorArguments.Length ? attribute.ConstructorArguments[index].Value : null;

    public static string? Alias(this ISymbol symbol) => symbol.Attribute("Orleans.AliasAttribute").Argument(0) as string;

    public static bool IsGrainInterface(this INamedTypeSymbol type) =>
        type.TypeKind == TypeKind.Interface
        && !KeyInterfaces.Contains(type.FullName())
        && type.AllInterfaces.Any(other => other.FullName() == "Orleans.IGrain");

    public static bool IsGrainClass(this INamedTypeSymbol type) =>
        type is { TypeKind: TypeKind.Class, IsAbstract: false, Arity: 0 }
        && type.AllInterfaces.Any(other => other.FullName() == "Orleans.IGrainBase")
        && type.AllInterfaces.Any(IsGrainInterface);

    public static bool IsSerialized(this INamedTypeSymbol type) => type.Has("Orleans.GenerateSerializerAttribute");

    public static bool IsException(this INamedTypeSymbol type) =>
        type.FullName() == "System.Exception" || (type.BaseType is { } parent && parent.IsException());

    /// <summary>Generated code of the same assembly can name the type.</summary>
    public static bool IsNameable(this INamedTypeSymbol type) =>
        type.DeclaredAccessibility is not (Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal)
        && !type.IsFileLocal
        && (type.ContainingType is null || type.ContainingType.IsNameable());

    /// <summary>Values of the type are passed on instead of copied, as far as can be told from here.</summary>
    public static bool IsImmutable(this ITypeSymbol type) =>
        type.TypeKind == TypeKind.Enum
        || type.SpecialType is (>= SpecialType.System_Boolean and <= SpecialType.System_String) or SpecialType.System_DateTime
        || (type.IsSealed || type.IsValueType) && type.Has("Orleans.ImmutableAttribute")
        || type is INamedTypeSymbol named && named.FullName() is
            "System.Guid" or "System.TimeSpan" or "System.DateTimeOffset" or "System.Uri" or "System.Threading.CancellationToken";

    public static string Literal(object? value) => value switch
    {
        null => "null",
        string text => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, quote: true),
        _ => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false)!,
    };
}
