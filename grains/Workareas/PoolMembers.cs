using System.Globalization;
using Donmai.Sessions;

namespace Donmai.Grains.Workareas;

/// <summary>The durable list of a pool's members. It is replaced, never changed, so that it can be written at any moment.</summary>
/// <param name="state">Where it is kept.</param>
internal sealed class PoolMembers(IPersistentState<PoolRecord> state)
{
    private readonly GroupedWrites _writes = new(state);

    /// <summary>All members as they are now.</summary>
    public List<PoolSeed> All => state.State.Seeds;

    /// <summary>The members of a repository that are cloned in one way and stay.</summary>
    public IEnumerable<PoolSeed> Of(string repository, ProjectCheckout checkout) =>
        All.Where(seed => seed.Repository == repository && seed.Checkout == checkout && seed.Status is not PoolSeedStatus.Retired);

    /// <summary>The members of one status.</summary>
    public IEnumerable<PoolSeed> In(PoolSeedStatus status) => All.Where(seed => seed.Status == status);

    /// <summary>The members that a session holds.</summary>
    public List<PoolSeed> HeldBy(string sessionId) => All.FindAll(seed => seed.Holders.Contains(sessionId));

    /// <summary>One member.</summary>
    public PoolSeed? Find(string id) => All.Find(seed => seed.Id == id);

    /// <summary>Adds a member under a number of its own.</summary>
    /// <param name="seed">The member.</param>
    /// <param name="name">What it is called, besides its number.</param>
    public PoolSeed Add(PoolSeed seed, string name)
    {
        var number = state.State.LastNumber + 1;
        var added = seed with { Number = number, Id = string.Create(CultureInfo.InvariantCulture, $"local:{name}:{number}") };
        state.State = state.State with { LastNumber = number, Seeds = [.. All, added] };
        return added;
    }

    /// <summary>Replaces a member.</summary>
    public void Put(PoolSeed seed) => state.State = state.State with { Seeds = All.ConvertAll(known => known.Id == seed.Id ? seed : known) };

    /// <summary>Forgets a member.</summary>
    public void Drop(string id) => state.State = state.State with { Seeds = All.FindAll(seed => seed.Id != id) };

    /// <summary>Completes when the members as they are now are durable.</summary>
    public Task Write() => _writes.Write();
}
