using Donmai.Providers;

namespace Donmai.Core.Providers;

/// <summary>A family with one provider, which is part of the program.</summary>
/// <param name="family">The family.</param>
/// <param name="id">Id of its provider.</param>
/// <param name="version">The program's version.</param>
/// <param name="look">How it is; on a thread that may wait for a disk.</param>
public sealed class BuiltInFamily(string family, string id, string version, Func<bool, Task<ProviderFinding>> look) : IProviderFamily
{
    /// <inheritdoc/>
    public string Family => family;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Provider>> List(bool refresh, CancellationToken cancellationToken)
    {
        var finding = await look(refresh).WaitAsync(cancellationToken);
        return
        [
            new Provider
            {
                Id = id,
                Name = id,
                Version = finding.Version ?? version,
                Family = family,
                Status = finding.Status,
                Detail = finding.Detail,
                ManifestOk = true,
            },
        ];
    }
}
