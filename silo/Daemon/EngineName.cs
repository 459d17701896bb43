using System.Reflection;
using Donmai.Core.Daemon;

namespace Donmai.Silo.Daemon;

/// <summary>Asks the engine that the program was built with for its name.</summary>
public static class EngineName
{
    /// <summary>What runs: the program's version, and the engine with its version, e.g. <c>Microsoft Orleans 10.4.2</c>.</summary>
    /// <param name="version">Version of the embedding program; <see langword="null"/> for the product's own.</param>
    public static ProgramIdentity Identify(string? version = null) => new(version ?? VersionOf(typeof(EngineName).Assembly), Discover());

    private static string Discover()
    {
        var engine = typeof(Grain).Assembly;
        var product = engine.GetCustomAttribute<AssemblyProductAttribute>()?.Product ?? engine.GetName().Name;
        return $"{product} {VersionOf(engine)}";
    }

    private static string VersionOf(Assembly assembly)
    {
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "dev";
        return version.IndexOf('+', StringComparison.Ordinal) is var build and >= 0 ? version[..build] : version;
    }
}
