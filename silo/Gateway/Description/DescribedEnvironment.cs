using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace Donmai.Silo.Gateway.Description;

/// <summary>The environment that the generator of <see cref="ApiDocument"/> asks for: a name and nothing else.</summary>
internal sealed class DescribedEnvironment : IHostEnvironment
{
    /// <inheritdoc/>
    public string EnvironmentName { get; set; } = Environments.Production;

    /// <inheritdoc/>
    public string ApplicationName { get; set; } = "donmai";

    /// <inheritdoc/>
    public string ContentRootPath { get; set; } = "/";

    /// <inheritdoc/>
    public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
}
