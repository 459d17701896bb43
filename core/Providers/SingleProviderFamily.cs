using Donmai.Providers;

namespace Donmai.Core.Providers;

/// <summary>A family with one provider, which is always listed.</summary>
/// <param name="family">The family.</param>
/// <param name="id">Id of its provider.</param>
/// <param name="version">The program's version.</param>
/// <param name="look">How it is; on a thread that may wait for a disk.</param>
/// <param name="source">Where it comes from (control-api.md §6.1).</param>
/// <param name="where">Where it is, if that is anywhere.</param>
public sealed class SingleProviderFamily(
    string family, string id, string version, Func<bool, Task<ProviderFinding>> look, string source = "bundled", Func<string?>? where = null) : IProviderFamily
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
                Source = source,
                Status = finding.Status,
                Detail = finding.Detail,
                Location = where?.Invoke(),
                ManifestOk = true,
            },
        ];
    }
}
