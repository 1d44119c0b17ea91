using System.CommandLine;
using AeVae.Compute;
using AeVae.Reports;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Runner.Slurm;
using AeVae.Runner.Specs;
using AeVae.Runner.Sweeps;
using AeVae.Runner.Views;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Commands;

/// <summary><c>runner sweep FILE</c>: trains every trial of a file with variants or a sweep, several at once.</summary>
static class SweepCommand
{
    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Argument<string?> file = new("FILE") { Description = "Experiment file with variants or a sweep, for example experiments/ae-vs-vae.yaml", Arity = ArgumentArity.ZeroOrOne };
        Option<string[]> set = new("--set") { Description = "Override a key in every trial: --set train.epochs=2 (may be repeated)", HelpName = "KEY=VALUE" };
        Option<int?> jobs = CommandOptions.FromOne(new Option<int?>("--jobs", "-j") { Description = "Trials at once [default: one for each thread]", HelpName = "N" }, MostJobs);
        Option<int> threads = CommandOptions.Threads("Threads of all trials together; they change the time and no number");
        Option<string[]> tag = CommandOptions.Tag();
        Option<string?> note = new("--note") { Description = "Remark that is stored with every run", HelpName = "TEXT" };
        Option<string?> resume = new("--resume") { Description = "Go on with a sweep that was begun: its id or a part of it, its name or experiment file, or @last. With FILE, its trials are compared with those that were frozen", HelpName = "SWEEP" };
        Option<bool> extend = new("--extend") { Description = "With --resume and FILE: add the trials that the file has and the sweep has not" };
        Option<bool> retryFailed = new("--retry-failed") { Description = "With --resume: train trials again that failed" };
        Option<bool> needed = new("--needed") { Description = "Take stored runs that are equal to a trial (same configuration, seed, data and arithmetic) in place of training it" };
        Option<bool> printTrials = new("--print-trials") { Description = "Print every trial, and run nothing" };
        Option<bool> dryRun = new("--dry-run") { Description = "Print how many trials there are and how long they will take, measured on a few steps, and run nothing" };
        Option<int[]> trial = new("--trial") { Description = "Only this trial, by its number (may be repeated); one that another process trains is waited for", HelpName = "N" };
        Option<string> launcher = new("--launcher") { Description = "Who trains: this process (local), or tasks of a Slurm cluster (slurm)", HelpName = "local|slurm", DefaultValueFactory = _ => "local" };
        launcher.AcceptOnlyFromAmong([.. Enum.GetValues<Launcher>().Select(value => Canonical.Word(value))]);
        Option<bool> requireClean = CommandOptions.RequireClean();
        Option<bool> noReport = CommandOptions.NoReport();
        Command command = new("sweep", "Train every trial of a file with variants or a sweep, several at once")
        {
            file, set, jobs, threads, tag, note, resume, extend, retryFailed, needed, trial, launcher, printTrials, dryRun, requireClean, noReport,
            SweepStatusCommand.Create(globals),
        };
        command.SetAction(parsed =>
        {
            Globals resolved = globals.Read(parsed);
            SweepOrder order = new()
            {
                Parallel = parsed.GetValue(jobs) ?? parsed.GetValue(threads),
                Threads = parsed.GetValue(threads),
                Only = parsed.GetValue(trial) ?? [],
                Launcher = Enum.Parse<Launcher>(parsed.GetRequiredValue(launcher), ignoreCase: true),
                Needed = parsed.GetValue(needed),
                RetryFailed = parsed.GetValue(retryFailed),
                WritesReport = !parsed.GetValue(noReport),
                Tags = parsed.GetValue(tag) ?? [],
                Note = parsed.GetValue(note),
                CommandLine = ProgramName.CommandLine(parsed),
            };
            string? path = parsed.GetValue(file), sweep = parsed.GetValue(resume);
            RefuseWithoutResume(sweep, (extend.Name, parsed.GetValue(extend)), (retryFailed.Name, parsed.GetValue(retryFailed)));
            if (order.Launcher == Launcher.Slurm)
                SlurmLaunch.RefuseLocalOptions([.. new Option[] { jobs, threads, needed }.Where(option => parsed.GetResult(option) is { Implicit: false }).Select(option => option.Name)]);
            string[] overrides = parsed.GetValue(set) ?? [];
            if (path is null && overrides.Length > 0)
                throw new CommandException(ExitCodes.UserError, $"{set.Name} changes an experiment file: name the file. A sweep that goes on keeps the trials it was begun with.");
            ExperimentFile? read = path is null ? null : ExperimentReader.Read(path, overrides);
            if (read is { Plan: null })
                return Refuse(read, resolved);
            bool wantsTrials = parsed.GetValue(printTrials);
            if (wantsTrials || parsed.GetValue(dryRun))
            {
                if (sweep is not null)
                    throw new CommandException(ExitCodes.UserError, $"--print-trials and --dry-run show the trials that a file begins with, and --resume goes on with those of a sweep: leave out one of them. What is left of the sweep: {resolved.Command($"sweep status {ShellWord.Quote(sweep)}")}");
                if (order.Only.Count > 0)
                    throw new CommandException(ExitCodes.UserError, "--trial chooses what is trained; --print-trials and --dry-run train nothing and show all trials: leave out one of them.");
                if (read is not null)
                    RefuseSingle(resolved, path!, read);
                SweepPlan plan = read?.Plan ?? throw new CommandException(ExitCodes.UserError, "--print-trials and --dry-run show the trials of an experiment file: name the file.");
                return wantsTrials ? SweepPreview.PrintTrials(plan, overrides, resolved) : SweepPreview.DryRun(plan, overrides, order.Parallel, order.Threads, resolved);
            }

            if (read is not null)
                order = order with { Slurm = read.Plan!.Options.Slurm ?? new SlurmOptions() };
            if (parsed.GetValue(requireClean))
                CleanCheckout.Require(resolved);
            return sweep is not null ? Resume(resolved, order, sweep, path, read, parsed.GetValue(extend))
                : read is not null ? Begin(resolved, order, path!, read)
                : throw new CommandException(ExitCodes.UserError, $"name an experiment file, or a sweep to go on with: {resolved.Command("sweep --resume @last")}");
        });
        return command;
    }

    /// <summary>Carries out all trials of a file.</summary>
    public static int Begin(Globals globals, SweepOrder order, string path, ExperimentFile read)
    {
        RefuseSingle(globals, path, read);
        foreach (string text in read.Plan!.Notes)
            globals.Note(text);
        RefuseTrials(order, read.Plan!.Trials.Count, read.Plan.Outline);
        NoteTrained(globals, order, read.Plan!);
        using SweepSession session = new(globals, order);
        return session.Begin(read.Plan!, ProjectPath.Of(path, ProjectRoot.OfFile(path)), read.YamlText, read.Files);
    }

    static void NoteTrained(Globals globals, SweepOrder order, SweepPlan plan)
    {
        using RunQueries? queries = order.Needed || order.Only.Count > 0 || order.Launcher != Launcher.Local ? null : DatabaseFile.OpenIfThere(globals);
        int trained = queries is null ? 0 : plan.Trials.Count(trial => queries.Count(new RunFilter { RunIds = queries.FindRuns(trial.ConfigSha256, NumericContract.Version), Status = RunStatus.Completed }) > 0);
        if (trained > 0)
            globals.Note($"{(trained == plan.Trials.Count ? "all trials" : $"{trained} of {plan.Trials.Count} trials")} have completed runs of the same configuration here; they are trained again. With --needed those runs are taken");
    }

    static void RefuseSingle(Globals globals, string path, ExperimentFile read)
    {
        if (!read.IsSweep)
            throw new CommandException(ExitCodes.UserError, $"{path} is one experiment, without variants, seeds or swept parameters. Train it: {globals.Command($"run {ShellWord.Quote(path)}")}. Or sweep a key: --set 'sweep.seeds=[0, 1, 2]'");
    }

    /// <summary>Says what is wrong with a file.</summary>
    public static int Refuse(ExperimentFile read, Globals globals)
    {
        foreach (SpecProblem problem in read.Problems)
            globals.Error.WriteLine(problem);
        return ExitCodes.UserError;
    }

    const int MostJobs = 256;

    static int Resume(Globals globals, SweepOrder order, string selector, string? path, ExperimentFile? read, bool extend)
    {
        SweepDetail frozen = Frozen(globals, selector);
        string id = frozen.Sweep.Id;
        if (extend && read is null)
            throw new CommandException(ExitCodes.UserError, "--extend adds the trials of an experiment file: name the file.");
        // Tasks of a cluster are requeued with all of their options.
        if ((order.Tags.Count > 0 || order.Note is not null) && order is { RetryFailed: false, Only.Count: 0 } && !extend && frozen.Trials.All(trial => trial.RunId is not null))
            throw new CommandException(ExitCodes.UserError, $"every trial of sweep {id} has its run already, and --tag and --note mark a run as it begins: leave them out.");
        Lazy<IReadOnlyList<TrialProgress>> progress = new(() => TrialProgress.Of(globals.DatabasePath, frozen));     // opens the database of every task
        NewSweep? extension = null;
        if (read?.Plan is { } plan)
        {
            SweepChange change = new(plan, frozen);
            if (!extend && SweepChangeText.Of(change) is { } changes)
            {
                throw new CommandException(ExitCodes.UserError, $"{path} is not what sweep {id} was begun with: it {changes}. Go on with the frozen trials: {globals.Command($"sweep --resume {id}")}. "
                    + $"{(change.Added.Count > 0 && change.WhyOther is null ? "Add the new ones: --extend. " : "")}Or begin a new sweep: leave --resume out.");
            }

            if (change.WhyOther is { } other)
                throw new CommandException(ExitCodes.UserError, $"{path} is not the experiment that sweep {id} was begun with: {other}, so trials of both would be compared as if they were alike. Begin a new sweep: leave --resume and --extend out.");

            // Claims, metric, baseline and limits are no part of the space: the file's present ones count, whatever it said when the sweep was begun.
            extension = change.Extension(read.YamlText, order.CommandLine, progress.Value.Count(trial => trial.IsDone));
        }

        RefuseTrials(order, frozen.Trials.Count + (extension?.Trials.Count ?? 0), extension?.Outline ?? frozen.Outline);
        if (order.Launcher == Launcher.Slurm)
            SlurmLaunch.RefuseBesideProcess(globals, id, progress.Value);
        else if (order.Only.Count == 0)
            SlurmLaunch.RefuseTwice(globals, frozen);
        if (extension is not null)
        {
            if (extension.Metric != frozen.Sweep.Metric)
                globals.Note($"trials are ranked by {extension.Metric} now, and were by {frozen.Sweep.Metric}");
            if (extension.Outline.MaxFailed != frozen.Outline.MaxFailed)
                globals.Note($"sweep.max_failed is {Limit(extension.Outline)} now, and was {Limit(frozen.Outline)}");
            if (extension.Outline.Claims.Any(claim => claim.TrialsBefore > 0) || extension.Outline.Withdrawn.Count > 0)
                globals.Note("claims are not those that the sweep had before its trials were trained: verdicts and report say which were written later, and which were withdrawn");
        }

        using SweepSession session = new(globals, order);
        return session.Resume(id, read?.Files ?? [], extension);
    }

    static string Limit(SweepOutline outline) => outline.MaxFailed is { } most ? Numbers.Count(most) : "not set";

    static SweepDetail Frozen(Globals globals, string selector)
    {
        using RunQueries queries = DatabaseFile.Open(globals);
        SweepDetail sweep = RunArgument.ResolveSweep(queries, selector);
        RunArgument.NoteSweeps(globals, queries, selector, sweep);
        return sweep;
    }

    static void RefuseTrials(SweepOrder order, int trials, SweepOutline outline)
    {
        if (order.Only.Where(number => number < 1 || number > trials).Cast<int?>().FirstOrDefault() is { } none)
            throw new CommandException(ExitCodes.UserError, $"there is no trial {none}: the sweep has the trials 1 to {trials}.");
        if (outline.Asha is not null && (order.Only.Count > 0 || order.Launcher == Launcher.Slurm))
            throw new CommandException(ExitCodes.UserError, "'method: asha' and the section 'asha' compare trials while they train, so one process must train them all: leave --trial and --launcher out, or draw the points with 'method: random'.");
    }

    static void RefuseWithoutResume(string? sweep, params (string Option, bool IsGiven)[] options)
    {
        if (sweep is null && options.FirstOrDefault(option => option.IsGiven) is { Option: { } given })
            throw new CommandException(ExitCodes.UserError, $"{given} goes with --resume SWEEP: it says what to do with a sweep that was begun.");
    }
}
