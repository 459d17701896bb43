using Donmai.Core.Sessions;
using Donmai.Worker.Tests.Providers;
using Donmai.Worker.Workareas;

namespace Donmai.Worker.Tests.Sessions;

public sealed class The_backstop : IDisposable
{
    private const string Repository = "https://github.com/acme/billing";
    private const string Branch = "agent/s-1";

    private readonly WorkerBench _bench = new();
    private readonly FakeGh _gh;

    public The_backstop()
    {
        _gh = new FakeGh(_bench.Place);
        _bench.Place.Write("gitconfig", $"[url \"{_bench.Remote.Url}\"]\n  insteadOf = {Repository}\n");
        _bench.Detail = _bench.Detail with { Repository = Repository, IssueIdentifier = "BIL-88", Title = "Round half even", WorkType = "development" };
    }

    public void Dispose() => _bench.Dispose();

    [Fact, Trait("spec", "WK-95"), Trait("spec", "WK-94")]
    public async Task T13_what_is_left_in_the_tree_is_committed_pushed_and_opened_without_what_nobody_wants()
    {
        _bench.Remote.Commit("dist/a.js", "old\n", "Add dist");
        _bench.Remote.Seed("push", "--quiet", "origin", "main");
        Plays("#sh echo new > dist/a.js", "#sh mkdir node_modules && echo x > node_modules/i.js", "#sh echo A=1 > .env", "#sh git add -A -f", Claude_fixture.Success);

        (await _bench.Run()).ShouldBe(0);

        InRemote("log", "-1", "--format=%s%n%(trailers)", Branch).ShouldBe("Backstop: BIL-88 (s-1)\nDonmai-Session: s-1\n\n");
        InRemote("diff", "--name-only", "main", Branch).ShouldBe("dist/a.js\n");
        var report = _bench.Result.BackstopReport.ShouldNotBeNull();
        (report.Triggered, report.Pushed, report.PrCreated, report.PrUrl, report.Outcome).ShouldBe((true, true, true, $"{Repository}/pull/912", "delivered"));
        report.LeftOut!.Select(static file => $"{file.Path} {file.Reason}").ShouldBe([".env secret-name", "node_modules/i.js excluded"], ignoreOrder: true);
        report.UnfilledFields.ShouldBe(["work_result"]);
        _bench.Result.PullRequestUrl.ShouldBe($"{Repository}/pull/912");
        _bench.Result.CommitSha.ShouldBe(InRemote("rev-parse", Branch).Trim());
        _bench.Result.Artifacts!.Select(static artifact => artifact.Kind).ShouldBe(["pull-request", "branch", "commit", "events", "log"]);
        string.Join(' ', _gh.Arguments).ShouldEndWith(
            $"pr create --repo acme/billing --base main --head {Branch} --title BIL-88: Round half even --body-file - --draft");
        _gh.Body.ShouldContain("session s-1");
        _gh.Body.ShouldContain("`.env`");
    }

    [Fact, Trait("spec", "WK-94")]
    public async Task Work_that_could_not_be_looked_at_in_time_is_delivered_all_the_same()
    {
        _gh.IsSlow(1).Views("{}");
        _bench.Settings = _bench.Settings with { RescueLimit = TimeSpan.FromMilliseconds(300) };
        Plays("#commit Fix rounding", Claude_fixture.Says($"see {Repository}/pull/5\\nWORK_RESULT:passed"), Claude_fixture.Success);
        (await _bench.Run()).ShouldBe(0);
        InRemote("log", "-1", "--format=%s", Branch).ShouldBe("Fix rounding\n");
        var report = _bench.Result.BackstopReport.ShouldNotBeNull();
        (report.Outcome, report.PrUrl, report.UnfilledFields, report.Rescued).ShouldBe(("delivered", $"{Repository}/pull/912", null, false));
        report.Diagnostics.ShouldNotBeNull().ShouldContain("nobody said in time how far the work is");
    }

    [Fact, Trait("spec", "WK-101")]
    public async Task What_the_agent_said_counts_also_when_nobody_could_look_at_its_work()
    {
        _gh.IsSlow(1).Views("{}");
        _bench.Settings = _bench.Settings with { RescueLimit = TimeSpan.FromMilliseconds(300) };
        _bench.Detail = _bench.Detail with { WorkType = "qa" };
        Plays(Claude_fixture.Says($"see {Repository}/pull/5\\nWORK_RESULT:passed"), Claude_fixture.Success);
        (await _bench.Run()).ShouldBe(0);
        var report = _bench.Result.BackstopReport.ShouldNotBeNull();
        report.Triggered.ShouldBeFalse();
        report.UnfilledFields.ShouldBe(["comment_posted"]);
    }

    [Fact, Trait("spec", "WK-100")]
    public async Task A_tree_that_git_cannot_read_any_more_is_kept_and_its_session_has_failed()
    {
        _bench.Keep = WorktreeRetention.OnFailure;
        Plays("#write work.txt", "#sh rm -rf .git", Claude_fixture.Success);
        (await _bench.Run()).ShouldBe(1);
        (_bench.Result.FailureMode, _bench.Exit.WorktreeKept).ShouldBe(("backstop-failed", true));
        File.Exists(Path.Combine(_bench.Tree, "work.txt")).ShouldBeTrue();
    }

    [Fact, Trait("spec", "WK-99")]
    public async Task What_the_agent_did_itself_is_not_done_again_and_an_open_pull_request_is_taken()
    {
        _gh.Lists($$"""[{"url":"{{Repository}}/pull/7"}]""");
        Plays("#commit Fix rounding", $"#sh git push -q -u origin {Branch}", Claude_fixture.Says("WORK_RESULT:passed"), Claude_fixture.Success);
        (await _bench.Run()).ShouldBe(0);
        var report = _bench.Result.BackstopReport.ShouldNotBeNull();
        (report.PrCreated, report.PrUrl, report.Outcome, report.UnfilledFields).ShouldBe((false, $"{Repository}/pull/7", "delivered", null));
        _gh.Arguments.ShouldNotContain("create");
        InRemote("log", "-1", "--format=%s", Branch).ShouldBe("Fix rounding\n");
    }

    [Fact, Trait("spec", "WK-94")]
    public async Task Nothing_is_done_when_nothing_is_missing()
    {
        _gh.Views($$"""{"headRefName":"{{Branch}}","state":"OPEN","url":"{{Repository}}/pull/8"}""");
        Plays(
            "#commit Fix rounding", $"#sh git push -q -u origin {Branch}", Claude_fixture.Says($"Opened {Repository}/pull/8 for you."),
            Claude_fixture.Says("WORK_RESULT:passed"), Claude_fixture.Success);
        (await _bench.Run()).ShouldBe(0);
        (_bench.Result.BackstopReport, _bench.Result.PullRequestUrl).ShouldBe((null, $"{Repository}/pull/8"));
        _bench.Result.Summary!.ShouldContain("/pull/8");
    }

    [Theory, Trait("spec", "WK-94")]
    [InlineData("qa")]
    [InlineData("research")]
    [InlineData("acceptance")]
    [InlineData("something-new")]
    public async Task T12_work_that_is_not_to_be_delivered_is_left_alone(string workType)
    {
        _bench.Detail = _bench.Detail with { WorkType = workType };
        Plays("#write report.txt", "#commit Odd", Claude_fixture.Says("WORK_RESULT:passed"), Claude_fixture.Success);
        var before = InRemote("for-each-ref");
        (await _bench.Run()).ShouldBe(0);
        InRemote("for-each-ref").ShouldBe(before);
        _gh.Arguments.ShouldBeEmpty();
        _bench.Result.BackstopReport?.Triggered.ShouldBe(false);
        Directory.GetFiles(_bench.Record, "rescue.*").ShouldBeEmpty();
    }

    [Fact, Trait("spec", "WK-97")]
    public async Task Without_any_work_nothing_is_pushed()
    {
        Plays(Claude_fixture.Success);
        (await _bench.Run()).ShouldBe(0);
        InRemote("branch", "--list", "agent/*").ShouldBe("");
        _gh.Arguments.ShouldBeEmpty();
        (_bench.Result.BackstopReport!.Outcome, _bench.Result.BackstopReport.Pushed).ShouldBe(("nothing-to-deliver", false));
    }

    [Fact, Trait("spec", "WK-96"), Trait("spec", "WK-100")]
    public async Task Of_201_files_none_is_committed_and_all_are_rescued()
    {
        Plays("#sh for n in $(seq 201); do echo $n > f$n.txt; done; git add -A", Claude_fixture.Success);
        (await _bench.Run()).ShouldBe(1);
        (_bench.Result.FailureMode, _bench.Result.BackstopReport!.Outcome).ShouldBe(("backstop-failed", "failed"));
        _bench.Result.Error!.ShouldContain("201 files differ, more than 200");
        InTree("diff", "--cached", "--name-only").ShouldBe("");
        InTree("log", "-1", "--format=%s").ShouldBe("First\n");
        InTree("clean", "-fdq");
        InTree("apply", Path.Combine(_bench.Record, "rescue.patch"));
        Directory.GetFiles(_bench.Tree, "f*.txt").Length.ShouldBe(201);
    }

    [Fact, Trait("spec", "WK-100")]
    public async Task T14_what_the_remote_refuses_is_kept_in_a_bundle_that_can_be_verified()
    {
        _bench.Place.Script("remote.git/hooks/pre-receive", "#!/bin/sh\necho 'no pushes today' >&2\nexit 1\n");
        Plays("#commit Fix rounding", "#write half.txt", "#sh echo more > readme.md", Claude_fixture.Says("WORK_RESULT:passed"), Claude_fixture.Success);
        (await _bench.Run()).ShouldBe(1);
        (_bench.Result.Status, _bench.Result.FailureMode, _bench.Exit.ExitReason).ShouldBe(("failed", "backstop-failed", "backstop-failed"));
        _bench.Result.Error!.ShouldContain("no pushes today");
        _bench.Result.Error!.ShouldContain("rescue.bundle");
        _bench.Result.BackstopReport!.Rescued.ShouldBeTrue();
        InTree("bundle", "verify", "--quiet", Path.Combine(_bench.Record, "rescue.bundle"));
        File.GetUnixFileMode(Path.Combine(_bench.Record, "rescue.bundle")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var bundle = _bench.Result.Artifacts!.Single(static artifact => artifact.Kind == "bundle");
        bundle.Sha256!.Length.ShouldBe(64);
        Directory.Exists(_bench.Tree).ShouldBeTrue();
    }

    [Fact, Trait("spec", "WK-100")]
    public async Task A_remote_that_does_not_answer_costs_a_bounded_time_and_no_work()
    {
        _bench.Settings = _bench.Settings with { BackstopLimit = TimeSpan.FromSeconds(2) };
        _bench.Place.Script("remote.git/hooks/pre-receive", "#!/bin/sh\nexec sleep 60\n");
        Plays("#commit Fix rounding", Claude_fixture.Says("WORK_RESULT:passed"), Claude_fixture.Success);
        (await _bench.Run()).ShouldBe(1);
        _bench.Result.FailureMode.ShouldBe("backstop-failed");
        _bench.Result.Error!.ShouldContain("not delivered within 2 s");
        InTree("bundle", "verify", "--quiet", Path.Combine(_bench.Record, "rescue.bundle"));
    }

    [Fact, Trait("spec", "WK-73")]
    public async Task T15_an_existing_work_branch_is_continued_and_pushed_on_top()
    {
        var before = _bench.Remote.Push(Branch, 2);
        Plays("#commit Third", Claude_fixture.Success);
        (await _bench.Run()).ShouldBe(0);
        InRemote("rev-list", "--count", $"main..{Branch}").ShouldBe("3\n");
        InRemote("rev-parse", $"{Branch}~1").Trim().ShouldBe(before);
        _bench.Result.BackstopReport!.Outcome.ShouldBe("delivered");
    }

    [Fact, Trait("spec", "WK-98")]
    public async Task A_branch_the_agent_rewrote_replaces_the_remote_s_only_where_nobody_else_pushed()
    {
        _bench.Remote.Push(Branch, 2);
        Plays("#sh git reset -q --soft HEAD~2 && git commit -qm Squashed", Claude_fixture.Success);
        (await _bench.Run()).ShouldBe(0);
        InRemote("log", "--format=%s", $"main..{Branch}").ShouldBe("Squashed\n");
        _bench.Result.BackstopReport!.Branch.ShouldBeNull();
    }

    [Fact, Trait("spec", "WK-98")]
    public async Task Commits_that_somebody_else_pushed_meanwhile_are_never_lost()
    {
        _bench.Remote.Push(Branch, 1);
        var seed = _bench.Place.At("seed");
        Plays(
            $"#sh cd '{seed}' && git checkout -q {Branch} && git commit -q --allow-empty -m Theirs && git push -q origin {Branch} && git checkout -q main",
            "#commit Ours", Claude_fixture.Success);
        (await _bench.Run()).ShouldBe(0);
        InRemote("log", "-1", "--format=%s", Branch).ShouldBe("Theirs\n");
        InRemote("log", "-1", "--format=%s", $"{Branch}-s-1").ShouldBe("Ours\n");
        _bench.Result.BackstopReport!.Branch.ShouldBe($"{Branch}-s-1");
        _gh.Arguments.ShouldContain($"{Branch}-s-1");
    }

    [Theory, Trait("spec", "WK-74")]
    [InlineData("git checkout -q -B main && git commit -q --allow-empty -m Astray")]
    [InlineData("git checkout -q --detach && git commit -q --allow-empty -m Astray")]
    [InlineData("git commit -q --allow-empty -m Astray && git checkout -q --detach HEAD~1")]
    [InlineData("git checkout -q -b release/9 && git commit -q --allow-empty -m Astray")]
    public async Task Commits_on_a_protected_branch_or_on_none_reach_the_work_branch(string shell)
    {
        _bench.Variables[SessionRules.Variable] = """{"protectedBranches":["release/*"]}""";
        Plays($"#sh {shell}", Claude_fixture.Success);
        (await _bench.Run()).ShouldBe(0);
        InRemote("log", "-1", "--format=%s", Branch).ShouldBe("Astray\n");
        InRemote("for-each-ref", "--format=%(refname:short)").Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe([Branch, "main"]);
        InRemote("log", "-1", "--format=%s", "main").ShouldBe("First\n");
    }

    [Fact]
    public async Task Commits_of_a_work_branch_that_makes_way_are_kept_under_another_name()
    {
        Plays("#commit Mine", "#sh git checkout -q --detach HEAD~1 && git commit -q --allow-empty -m Astray", Claude_fixture.Success);
        (await _bench.Run()).ShouldBe(0);
        InRemote("log", "-1", "--format=%s", Branch).ShouldBe("Astray\n");
        InTree("log", "-1", "--format=%s", InTree("branch", "--list", "--format=%(refname:short)", $"{Branch}-before-*").Trim()).ShouldBe("Mine\n");
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task A_hook_that_refuses_is_obeyed_unless_the_owner_says_otherwise(bool skipHooks, int code)
    {
        if (skipHooks)
            _bench.Variables[SessionRules.Variable] = """{"skipHooks":true}""";
        Plays("#write half.txt", "#sh printf '#!/bin/sh\\necho lint >&2\\nexit 1\\n' > .git/hooks/pre-commit && chmod +x .git/hooks/pre-commit", Claude_fixture.Success);
        (await _bench.Run()).ShouldBe(code, _bench.Result.Error);
        _bench.Result.BackstopReport!.Diagnostics!.ShouldHaveSingleItem().ShouldContain("lint");
        _bench.Result.BackstopReport.Pushed.ShouldBe(skipHooks);
    }

    [Fact]
    public async Task Secrets_in_new_lines_are_left_out_and_those_of_old_lines_are_none_of_ours()
    {
        _bench.Remote.Commit("old.txt", "ghp_0123456789abcdefghijABCDEFGHIJ012345\n", "Old secret");
        _bench.Remote.Seed("push", "--quiet", "origin", "main");
        _bench.Variables["ITEM_API_KEY"] = "very-secret-value";
        _bench.Variables["DONMAI_ITEM_ENV"] = "ITEM_API_KEY";
        Plays(
            "#sh echo more >> old.txt", "#sh echo '-----BEGIN RSA PRIVATE KEY-----' > key.txt", "#sh echo $ITEM_API_KEY > conf.txt",
            "#sh echo AKIAIOSFODNN7EXAMPLE >> readme.md", Claude_fixture.Success);
        (await _bench.Run()).ShouldBe(0);
        InRemote("diff", "--name-only", "main", Branch).ShouldBe("old.txt\n");
        _bench.Result.BackstopReport!.LeftOut!.Select(static file => $"{file.Path} {file.Reason}")
            .ShouldBe(["conf.txt secret", "key.txt secret", "readme.md secret"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_program_that_the_agent_put_into_the_repository_s_settings_sees_what_the_agent_saw()
    {
        _bench.Variables["RENSEI_DAEMON_TOKEN"] = "supervisor";
        _bench.Variables["SOME_SECRET"] = "daemon-secret";
        _bench.Place.Script("bin/spy", $"#!/bin/sh\nenv > '{_bench.Place.At("spied")}'\n");
        Plays("#write half.txt", $"#sh git config core.fsmonitor '{_bench.Place.At("bin", "spy")}'", Claude_fixture.Success);
        await _bench.Run();
        var spied = File.ReadAllText(_bench.Place.At("spied"));
        spied.ShouldContain("PATH=");
        spied.ShouldNotContain("supervisor");
        spied.ShouldNotContain("daemon-secret");
    }

    [Theory, Trait("spec", "WK-102")]
    [InlineData("https://github.com/other/repo/pull/1")]
    [InlineData("https://github.com/acme/billing/pull/3")]
    public async Task A_pull_request_of_another_repository_or_of_another_branch_is_not_the_session_s(string named)
    {
        _gh.Views($$"""{"headRefName":"feature/other","state":"OPEN","url":"{{named}}"}""");
        Plays("#commit Fix rounding", Claude_fixture.Says($"see {named} for background"), Claude_fixture.Success);
        (await _bench.Run()).ShouldBe(0);
        _bench.Result.PullRequestUrl.ShouldBe($"{Repository}/pull/912");
    }

    [Fact]
    public async Task A_pull_request_that_cannot_be_opened_fails_the_session_with_what_gh_said()
    {
        _gh.Fails("GraphQL: no commits between main and x");
        Plays("#commit Fix rounding", Claude_fixture.Success);
        (await _bench.Run()).ShouldBe(1);
        _bench.Result.Error!.ShouldContain("GraphQL: no commits between main and x");
        _bench.Result.BackstopReport!.Pushed.ShouldBeTrue();

        File.Delete(_bench.Place.At("bin", "gh"));
        _bench.Detail = _bench.Detail with { SessionId = "s-1" };
        (await _bench.Run()).ShouldBe(1);
        _bench.Result.Error!.ShouldContain("gh was not found on PATH");
    }

    [Fact]
    public async Task A_host_without_a_program_for_pull_requests_is_told_apart()
    {
        _bench.Place.Write("gitconfig", $"[url \"{_bench.Remote.Url}\"]\n  insteadOf = https://gitlab.example.net/acme/billing\n");
        _bench.Detail = _bench.Detail with { Repository = "https://gitlab.example.net/acme/billing" };
        Plays("#commit Fix rounding", Claude_fixture.Success);
        (await _bench.Run()).ShouldBe(1);
        (_bench.Result.FailureMode, _bench.Result.BackstopReport!.Outcome, _bench.Result.BackstopReport.Pushed).ShouldBe(("backstop-failed", "pr-unsupported", true));
    }

    [Fact]
    public async Task After_a_limit_the_work_is_delivered_all_the_same()
    {
        _bench.Detail = _bench.Detail with { MaxDurationSeconds = 2 };
        Plays("#commit Fix rounding", "#hang");
        (await _bench.Run()).ShouldBe(1);
        (_bench.Result.FailureMode, _bench.Result.BackstopReport!.Outcome).ShouldBe(("timeout", "delivered"));
    }

    [Fact]
    public async Task After_a_stop_the_work_is_put_aside_and_the_remote_left_alone()
    {
        using var stop = new CancellationTokenSource();
        Plays("#commit Fix rounding", "#write half.txt", "#hang");
        var running = _bench.Run(stop.Token);
        await Deadline.Until(() => _bench.Agent.Has("hanging.0"), "the agent to hang");
        await stop.CancelAsync();
        (await running).ShouldBe(5);
        (_bench.Result.Status, _bench.Result.BackstopReport!.Outcome).ShouldBe(("stopped", "rescued"));
        InRemote("branch", "--list", "agent/*").ShouldBe("");
        InTree("bundle", "verify", "--quiet", Path.Combine(_bench.Record, "rescue.bundle"));
        File.ReadAllText(Path.Combine(_bench.Record, "rescue.patch")).ShouldContain("half.txt");
        _gh.Arguments.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_session_changed_that_may_only_read_is_taken_back_and_told()
    {
        _bench.Variables["DONMAI_WORKSPACE_ACCESS"] = "ro";
        Plays("#commit Odd", "#write half.txt", "#sh echo more > readme.md", Claude_fixture.Says("WORK_RESULT:passed"), Claude_fixture.Success);
        (await _bench.Run()).ShouldBe(0);
        InTree("status", "--porcelain").ShouldBe("");
        InTree("log", "-1", "--format=%s").ShouldBe("First\n");
        InRemote("branch", "--list", "agent/*").ShouldBe("");
        _bench.Result.Warnings!.ShouldContain("the session may only read; what it changed was taken back (2 files, commits too)");
        _bench.Result.Changes!.Files.ShouldBeEmpty();
    }

    [Theory, Trait("spec", "WK-95")]
    [InlineData("packages/app/node_modules/i.js", true)]
    [InlineData("dist", true)]
    [InlineData(".agent/state.json", true)]
    [InlineData("server.log", true)]
    [InlineData("src/__debug_bin", true)]
    [InlineData("target/debug", true)]
    [InlineData("target/release/app", true)]
    [InlineData("src/main.cs", false)]
    [InlineData(".agent", false)]
    [InlineData("app/.agent", false)]
    [InlineData(".log", false)]
    [InlineData("target/test/x", false)]
    [InlineData("targets/debug/x", false)]
    public void Exclusion_vectors(string path, bool excluded) => ExcludedPaths.IsExcluded(path).ShouldBe(excluded);

    private void Plays(params string[] lines) => _bench.Agent.Play([Claude_fixture.Init, .. lines]);

    private string InRemote(params string[] arguments) => _bench.Remote.InTree(_bench.Place.At("remote.git"), arguments);

    private string InTree(params string[] arguments) => _bench.Remote.InTree(_bench.Tree, arguments);
}
