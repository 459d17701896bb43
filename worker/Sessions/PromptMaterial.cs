using Donmai.Core.Git;
using Donmai.Core.Sessions.Templates;
using Donmai.Worker.Kits;
using Donmai.Worker.Prompts;
using Donmai.Worker.Providers;
using Donmai.Worker.Workareas;

namespace Donmai.Worker.Sessions;

/// <summary>Puts together what a session's prompts are made of: the order, the place, skills, and the owner's or the repository's own texts.</summary>
internal static class PromptMaterial
{
    /// <summary>Puts it together.</summary>
    /// <exception cref="SessionFailureException">A template cannot be used (<c>prompt-render</c>).</exception>
    public static async Task<PromptFacts> Gather(
        SessionContext session, GitProgram git, Worktree tree, IAgentHost host, CancellationToken cancellationToken)
    {
        var skills = SessionSkills.Read(session.Skills, host.Warn);
        var facts = new PromptFacts
        {
            Detail = session.Order.Detail,
            Branch = tree.Branch,
            BaseRef = tree.BaseRef,
            Skills = skills.Text,
            Refusals = skills.Refusals,
            Tracker = session.Rules.Tracker,
        };
        try
        {
            return facts with { Override = await new PromptTemplates(session.Rules, git, tree).Find(WorkInstructions.For(facts).Group, cancellationToken) };
        }
        catch (PromptTemplateException wrong)
        {
            throw new SessionFailureException(FailureMode.PromptRender, wrong.Message);
        }
    }
}
