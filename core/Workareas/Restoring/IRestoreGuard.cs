using Donmai.Workareas;

namespace Donmai.Core.Workareas.Restoring;

/// <summary>Decides whether there is room for a restored work area (workareas.md §5).</summary>
internal interface IRestoreGuard
{
    /// <summary>Lets a restore through.</summary>
    /// <exception cref="RestoreSaturatedException">There is no room now; says when to try again.</exception>
    void Check(RestoreDemand demand);
}
