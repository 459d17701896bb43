using System.Reflection;

namespace Donmai.Bench;

/// <summary>Where this program was built.</summary>
internal static class Checkout
{
    /// <summary>The repository's root.</summary>
    public static string Root => Value("RepositoryRoot");

    /// <summary>The built <c>donmai</c>.</summary>
    public static string Program => Value("DonmaiProgram");

    /// <summary>The built program that does nothing.</summary>
    public static string EmptyProgram => Value("EmptyProgram");

    private static string Value(string name) =>
        typeof(Checkout).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == name).Value!;
}
