using System.Diagnostics;
using AeVae.Runner.Sweeps;
using AeVae.Tests.Runner.Specs;

namespace AeVae.Tests.Runner.Sweeps;

/// <summary>What people read when a sweep is wrong.</summary>
public sealed class SweepMistakeTests
{
    const string Base = "data: {dataset: synthetic, validation: 1000}\nmodel: {type: vae}\ntrain: {epochs: 2}\n";

    const string SweptTwice = $"{Base}sweep: {{seeds: [1, 2], parameters: {{train.batch_size: [1, 2], model.encoder: [[8], [9]]}}}}\n";

    [Theory]
    // Empty and contradictory ranges.
    [InlineData("{parameters: {train.batch_size: ¦[]}}", "'sweep.parameters.train.batch_size' has no value to try; list one or more.")]
    [InlineData("{parameters: {train.batch_size: ¦3}}", "'sweep.parameters.train.batch_size' must be a list of values, or a mapping with values, range, or min and max.")]
    [InlineData("{parameters: {train.batch_size: {range: [9, 1, ¦2]}}}", "no value lies in [9, 1] in steps of 2; the step leads from the first value to the last one, for example -2.")]
    [InlineData("{parameters: {train.batch_size: {range: [1, 9, ¦0]}}}", "no value lies in [1, 9] in steps of 0; the step leads from the first value to the last one.")]
    [InlineData("{parameters: {train.batch_size: {range: [1, 9, ¦0.5]}}}", "'train.batch_size' has whole numbers only, but the step is 0.5.")]
    [InlineData("{parameters: {train.batch_size: {min: ¦9, max: 1}}}", "'min' is 9, above 'max', 1: no value lies between them. Swap the two.")]
    [InlineData("{parameters: {train.batch_size: {min: ¦9, max: 9}}}", "'min' and 'max' are both 9: write [9].")]
    [InlineData("{parameters: {train.batch_size: ¦{min: 9}}}", "'sweep.parameters.train.batch_size' needs 'values', 'range', or both 'min' and 'max'.")]
    [InlineData("{parameters: {train.batch_size: {values: [9], ¦min: 9}}}", "'min' has no meaning beside 'values'; remove one of the two.")]
    [InlineData("{parameters: {train.batch_size: {range: [1, 2, 1], ¦steps: 9}}}", "'steps' has no meaning beside 'range'; remove one of the two.")]
    [InlineData("{parameters: {train.batch_size: {min: 1, max: 8, quantum: ¦9}}}", "'quantum' is 9, but must be above 0 and at most 7.")]
    [InlineData("{parameters: {train.batch_size: {min: 1, max: 3, steps: ¦5}}}", "5 steps give only 3 different values of 'train.batch_size' here: write 'values: [1, 2, 3]', or fewer steps.")]
    [InlineData("{parameters: {train.learning_rate: ¦{min: 0.1, max: 0.9}}}", "a grid needs to know how many values of 'train.learning_rate' to try: add 'steps', for example steps: 5.")]
    [InlineData("{method: random, trials: 2, parameters: {train.learning_rate: {min: 0.1, max: 0.9, steps: ¦4}}}", "'steps' is for 'method: grid' or 'list'; here the points are drawn, and 'sweep.trials' says how many. Remove it, or write 'quantum' for values at equal distances.")]
    // Bounds are values.
    [InlineData("{parameters: {train.learning_rate: {min: ¦-4, max: -2, distribution: log_uniform, steps: 3}}}", "'min' is -4 and 'max' is -2, but bounds are values, not exponents. Did you mean min: 1e-4, max: 1e-2?")]
    [InlineData("{parameters: {train.learning_rate: {min: ¦-4, max: -2, steps: 3}}}", "'min' is -4 and 'max' is -2, but bounds are values, not exponents. Did you mean min: 1e-4, max: 1e-2, distribution: log_uniform?")]
    [InlineData("{parameters: {train.learning_rate: {min: ¦-9.21034, max: -2.302585, distribution: log_uniform, steps: 3}}}", "'min' is -9.21034 and 'max' is -2.302585, but bounds are values, not exponents. Did you mean min: 0.0001, max: 0.1?")]
    [InlineData("{parameters: {train.learning_rate: {min: ¦0, max: 1, distribution: log_uniform, steps: 3}}}", "'min' is 0, but a logarithmic scale has positive numbers only.")]
    // Keys and values.
    [InlineData("{parameters: {¦train.lr: [1]}}", "unknown key 'train.lr'. Did you mean 'train.learning_rate'? Every key is listed in experiments/README.md.")]
    [InlineData("{parameters: {¦train: {learning_rate: [1]}}}", "'train' is a section; write its keys with dots: 'train.learning_rate'.")]
    [InlineData("{parameters: {¦seed: [1]}}", "seeds have a list of their own: write 'seeds: [0, 1, 2]' in the section 'sweep'.")]
    [InlineData("{parameters: {train.batch_size: [¦0, 16]}}", "'train.batch_size' must be an integer from 1 to 65536: it is 0.")]
    [InlineData("{parameters: {train.batch_size: {min: ¦0, max: 16}}}", "'train.batch_size' must be an integer from 1 to 65536: it is 0.")]
    [InlineData("{parameters: {train.learning_rate: [1e-3, ¦0.001]}}", "'train.learning_rate' has the value 0.001 twice; remove one of the two.")]
    [InlineData("{parameters: {model.encoder: ¦[400, 200]}}", "every value of 'model.encoder' is a list itself: write [[400], [200]].")]
    [InlineData("{parameters: {model.activation: ¦{min: 1, max: 2}}}", "the values of 'model.activation' can only be listed: write them in brackets, [a, b].")]
    [InlineData("{¦paramters: {train.batch_size: [1]}, seeds: [1]}", "unknown key 'sweep.paramters'. Did you mean 'sweep.parameters'? Every key is listed in experiments/README.md.")]
    [InlineData("{method: ¦gird}", "'sweep.method' must be one of grid, random, list, halton, asha: 'gird' is none of them. Did you mean 'grid'?")]
    [InlineData("¦7", "'sweep' must be a mapping with parameters, seeds and the like.")]
    // What belongs to which method.
    [InlineData("{method: ¦random, parameters: {train.batch_size: [1, 2]}}", "'method: random' needs the number of points to draw: add 'trials', for example trials: 20.")]
    [InlineData("{method: ¦random, trials: 3}", "'method: random' draws values, but 'sweep.parameters' names no key to draw them for.")]
    [InlineData("{¦trials: 3, parameters: {train.batch_size: [1, 2]}}", "'trials' has no meaning with 'method: grid': the values decide how many points there are. Remove it, or write 'method: random'.")]
    [InlineData("{¦seed: 3, parameters: {train.batch_size: [1, 2]}}", "'seed' is the seed of points that are drawn at random; with 'method: grid' there are none. For the seeds of the trials write 'seeds: [3]'.")]
    [InlineData("{seeds: ¦3}", "'sweep.seeds' must be a list of integers from 0 to 18446744073709551615: write [3] for that seed, and [0, 1, 2] for three of them.")]
    [InlineData("{seeds: ¦0..4}", "'sweep.seeds' must be a list of integers from 0 to 18446744073709551615: it is 0..4.")]
    [InlineData("{method: asha, trials: 3, parameters: {train.batch_size: [1, 2, 3]}, ¦asha.min_epochs: 1}", "'asha.min_epochs' is written with dots, but keys of a file are nested: write asha: {min_epochs: …}.")]
    [InlineData("{¦model.latent_dim: [2, 4]}", "'model.latent_dim' is to be swept: write it under 'parameters' in the section 'sweep'.")]
    [InlineData("{seeds: ¦[]}", "'sweep.seeds' is empty; list one or more, or remove it: then every trial has the experiment's seed.")]
    [InlineData("{seeds: ¦[1, 2, 1]}", "'sweep.seeds' holds 1 twice: the same seed gives the same bits. Remove one of the two.")]
    [InlineData("{metric: ¦val.los}", "'sweep.metric' is 'val.los': there is no metric 'los'. Did you mean 'val.loss'? Possible here: val.loss, ")]
    [InlineData("{method: asha, trials: 3, asha: ¦{min_epochs: 2}, parameters: {train.batch_size: [1, 2, 3]}}", "trials are first compared after 2 epochs, but they have only 2. Make 'sweep.asha.min_epochs' smaller.")]
    [InlineData("{method: asha, trials: 8, asha: ¦{min_epochs: 1}, metric: val.loss, parameters: {train.batch_size: [1, 2, 3], loss.reduction: [sum, mean]}}", "'loss.reduction' differs between trials, so that their val.loss does not mean the same while they train, and the worse ones cannot be told. Compare by another metric: 'sweep.metric: val.bce', or draw the points without ASHA: 'method: random'.")]
    [InlineData("{method: asha, trials: 8, asha: ¦{min_epochs: 1}, parameters: {train.batch_size: [1, 2, 3], data.binarize: [none, threshold]}}", "'data.binarize' differs between trials, so that their val.loss does not mean the same while they train, and the worse ones cannot be told. Make a sweep for each of its values, or draw the points without ASHA: 'method: random'.")]
    [InlineData("{method: asha, trials: 9, asha: ¦{min_epochs: 1}, parameters: {loss.kl_warmup_epochs: [0, 1], train.batch_size: [1, 2, 3]}}", "'loss.kl_warmup_epochs' differs between trials")]
    // Lists that belong together.
    [InlineData("{parameters: {train.batch_size: [1, 2], model.latent_dim: [3]}, zip: [¦[train.batch_size, model.latent_dim]]}", "keys that advance together need lists of one length, but here 'train.batch_size' has 2 and 'model.latent_dim' has 1.")]
    [InlineData("{method: list, parameters: {train.batch_size: ¦[1, 2], model.latent_dim: [3]}}", "keys that advance together need lists of one length, but here 'train.batch_size' has 2 and 'model.latent_dim' has 1.")]
    [InlineData("{parameters: {train.batch_size: [1, 2]}, zip: [[train.batch_size, ¦model.latent_dim]]}", "'model.latent_dim' stands in 'zip', but not in 'sweep.parameters'; keys that advance together are both swept.")]
    [InlineData("{parameters: {train.batch_size: [1, 2]}, zip: [¦train.batch_size]}", "'sweep.zip' must be a list of lists, each of two swept keys or more, for example [[train.batch_size, train.learning_rate]].")]
    // Which trials.
    [InlineData("{parameters: {train.batch_size: [1, 2]}, exclude: [¦{train.batch_size: 3}]}", "excludes no trial: none has these values.")]
    [InlineData("{parameters: {train.batch_size: [1, 2]}, exclude: [¦{train.epochs: 3}]}", "'train.epochs' is not swept, so trials do not differ in it; they do in train.batch_size.")]
    [InlineData("{parameters: {train.batch_size: [1, 2]}, exclude: ¦[{train.batch_size: 1}, {train.batch_size: 2}]}", "no trial is left: 'exclude' takes all of them away.")]
    [InlineData("{parameters: {train.batch_size: [1, 2]}, exclude: [{variant: ¦a}]}", "names a variant, but the file has none. Add a section 'variants', or leave this out.")]
    [InlineData("{parameters: {train.batch_size: [1, 2]}, baseline: ¦{train.batch_size: 4}}", "'sweep.baseline' names trials that the sweep does not have.")]
    [InlineData("{parameters: {model.latent_dim: [1, 2], train.batch_size: [1, 2]}, baseline: ¦{train.batch_size: 2}}", "'sweep.baseline' must name one point of one variant, but 2 match: x-2, x-4. Add the values that tell them apart.")]
    // What a trial may not be.
    [InlineData("{parameters: {train.schedule.step_size: ¦[5, 6]}}", "'train.schedule.step_size' has no meaning here. Only with 'train.schedule.type: step'. Sweep it only where it has a meaning.")]
    [InlineData("{parameters: {train.batch_size: [1, 2], train.optimizer: [adam, {type: sgd, nesterov: ¦true}]}}", "'train.optimizer.nesterov' needs a momentum above 0. Add 'momentum: 0.9', or remove it. (train.batch_size 1, train.optimizer {type: sgd, nesterov: true})")]
    public void AMistakeInTheSweepIsNamedAtItsPlace(string sweep, string expected) =>
        AssertProblem($"sweep: {sweep}\n", expected);

    [Theory]
    [InlineData("¦{}", "'variants' must be a mapping of names to the keys that each changes, for example {ae: {model: {type: ae}}, vae: {}}.")]
    [InlineData("{¦1a: {model: {type: ae}}}", "a variant cannot be called '1a': its name has letters, digits, '_' and '-', begins with a letter and has at most 40 of them.")]
    [InlineData("{a: ¦3}", "variant 'a' must be a mapping of keys that it changes; {} changes none.")]
    [InlineData("{a: {¦name: b}}", "'name' belongs to the whole file; a variant cannot change it.")]
    [InlineData("{a: {train: {¦epcohs: 3}}, b: {}}", "unknown key 'train.epcohs'. Did you mean 'train.epochs'? Every key is listed in experiments/README.md. (variant 'a')")]
    [InlineData("{a: {}, ¦b: {}}", "the trials 'x-a' and 'x-b' are the same experiment: variants 'a' and 'b' do not differ there. Change one of them, or remove it.")]
    [InlineData("{a: {model: {type: ae}, loss: {¦kl_weight: 3}}, b: {}}", "'loss.kl_weight' is only for model.type: vae; here it is ae. Remove it, or change 'model.type'. (variant 'a')")]
    [InlineData("{a: {train: {¦batch_size: 3}}, b: {}}\nsweep: {parameters: {train.batch_size: [1, 2]}}", "variant 'a' sets 'train.batch_size', but 'sweep.parameters' sets it in every trial. Remove one of the two.")]
    [InlineData("{a: {¦seed: 3}, b: {}}\nsweep: {seeds: [1]}", "variant 'a' sets 'seed', but 'sweep.seeds' sets it in every trial. Remove one of the two.")]
    [InlineData("{vae: {}, ae: {model: {type: ae}}}\nsweep: {parameters: {loss.kl_weight: ¦[1, 2]}}", "'loss.kl_weight' has no meaning here. Only with 'model.type: vae'. 'exclude: [{variant: ae}]' leaves these trials out; 'include: [{variant: ae}]' beside it runs the variant once, without swept values. (variant 'ae')")]
    [InlineData("{vae: {}, ae: {model: {type: ae}}}\nsweep: {exclude: [{variant: ¦av}]}", "there is no variant 'av'; there are vae, ae. Did you mean 'ae'?")]
    [InlineData("{vae: {}, ae: {model: {type: ae}}}\nsweep: {metric: ¦val.elbo}", "'sweep.metric' is 'val.elbo': 'elbo' is not measured on this split after each epoch. Possible here: val.loss, ")]
    public void AMistakeInAVariantIsToldOnceWithItsName(string variants, string expected) =>
        AssertProblem($"variants: {variants}\n", expected);

    [Theory]
    [InlineData("val.loss", true)]
    [InlineData("train.loss", false)]
    public void TrialsAreNotComparedBeforeTheyAreMeasured(string metric, bool isRefused)
    {
        string problems = string.Join('\n', ExperimentFiles.SweepProblemsOf($"data: {{dataset: synthetic, validation: 1000}}\nmodel: {{type: vae}}\ntrain: {{epochs: 9}}\neval: {{every: 3}}\n"
            + $"sweep: {{method: asha, trials: 3, metric: {metric}, asha: {{min_epochs: 1}}, parameters: {{train.batch_size: [1, 2, 3]}}}}\n"));
        Assert.Equal(isRefused, problems.Contains("trials are first compared after 1 epoch, but with 'eval.every: 3' nothing is measured before epoch 3. Set 'sweep.asha.min_epochs' to 3", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("last(sum.val.loss) < last(mean.val.loss)", "sum and mean differ in 'loss.reduction', so each minimises another loss")]
    [InlineData("last(sum.test.mse) - last(black.test.mse) < 1", "sum and black differ in 'data.binarize', so their mse is that of other images")]
    [InlineData("last(sum.val.mse) < last(mean.val.bce)", "the sides have different units, 'per pixel' and 'nats per image', so neither is the lower one. Compare metrics of one unit.")]
    [InlineData("last(sum.val.loss) < last(sum.val.mse)", "different units, 'nats per image' and 'per pixel'")]
    [InlineData("last(mean.val.loss) < last(mean.val.bce)", "different units, 'objective per image' and 'nats per image'")]
    [InlineData("epochs_to(best(sum.val.mse), mean.val.mse) < best(sum.val.mse)", "different units, 'epochs' and 'per pixel'")]
    [InlineData("last(sum.val.mse) <= last( sum.validation.mse )", "both sides are the same measurement, so neither is the lower one.")]
    [InlineData("epochs_to(best(sum.val.mse), sum.val.mse) < epochs_to(best(sum.val.mse), sum.val.mse)", "both sides are the same measurement")]
    [InlineData("at(1, sum.val.mse) < at(2, sum.val.mse)", null)]
    [InlineData("last(sum.val.bce) < last(sum.val.loss)", null)]
    [InlineData("last(sum.val.mse) < 0.001 * last(mean.val.bce)", null)]
    [InlineData("last(sum.val.mse) < last(mean.val.mse)", null)]
    [InlineData("epochs_to(9, sum.val.loss) < epochs_to(9, mean.val.loss)", null)]
    [InlineData("last(sum.val.loss) / best(sum.val.loss) < last(mean.val.loss) / best(mean.val.loss)", null)]
    public void AClaimComparesWhatMeansTheSame(string check, string? problem)
    {
        string[] found = [.. ExperimentFiles.SweepProblemsOf($"{Base}variants: {{sum: {{}}, mean: {{loss: {{reduction: mean}}}}, black: {{data: {{binarize: threshold}}}}}}\nclaims: [{{text: It is lower., check: \"{check}\"}}]\n")];
        if (problem is null)
            Assert.Empty(found);
        else
            Assert.Contains(problem, Assert.Single(found), StringComparison.Ordinal);
    }

    [Fact]
    public void AClaimIsNotMadeOfVariantsThatHaveNoSeedInCommon()
    {
        const string Claim = "claims: [{text: The AE is better., check: last(ae.val.mse) < last(vae.val.mse)}]\n";
        Assert.Equal(["x.yaml(5,43): a claim compares variants seed by seed, but no seed is common to ae and vae. Leave 'seed' out of the variants, or give all the same with 'sweep.seeds'."],
            ExperimentFiles.SweepProblemsOf($"{Base}variants: {{ae: {{seed: 1, model: {{type: ae}}}}, vae: {{seed: 2}}}}\n{Claim}"));
        Assert.Empty(ExperimentFiles.SweepProblemsOf($"{Base}variants: {{ae: {{seed: 1, model: {{type: ae}}}}, vae: {{seed: 1}}}}\n{Claim}"));
    }

    [Fact]
    public void AProblemOfEveryTrialIsToldOnce() =>
        Assert.Equal(["x.yaml(4,12): 'seed' must be an integer from 0 to 18446744073709551615: it is -1."],
            ExperimentFiles.SweepProblemsOf($"{Base}seed:      -1\nvariants: {{a: {{model: {{type: ae}}}}, b: {{}}}}\nsweep: {{parameters: {{train.batch_size: [1, 2, 3]}}}}\n"));

    [Fact]
    public void AllProblemsOfASweepAreToldAtOnceInTheOrderOfTheText() =>
        Assert.Equal([2, 3, 4, 6, 7, 8, 9], Lines(ExperimentFiles.SweepProblemsOf("""
            data: {dataset: synthetic, validation: 1000}
            model: {type: va}
            train: {batch_size: 0}
            variants: {a: {model: {latent: 3}}, b: {}}
            sweep:
              metod: grid
              parameters: {train.epochs: [0], loss.beta: [1],
                model.latent_dim: {min: 3}}
              seeds: [1, -1]
            """)).Distinct());

    [Theory]
    [InlineData("train.batch_size=3", "--set train.batch_size=3: 'train.batch_size' is swept, so one value for all trials has no place. Change what is swept: --set 'sweep.parameters.train.batch_size=[3]'.")]
    [InlineData("seed=3", "--set seed=3: 'sweep.seeds' sets the seed of every trial. Change that list: --set 'sweep.seeds=[3]'.")]
    [InlineData("model.encoder=[64, 32]", "--set model.encoder=[64, 32]: 'model.encoder' is swept, so one value for all trials has no place. Change what is swept: --set 'sweep.parameters.model.encoder=[[64, 32]]'.")]
    public void AnOverrideOfWhatIsSweptIsRefusedOnceWithWhatToWriteInstead(string set, string expected) =>
        Assert.Equal(expected, Assert.Single(ExperimentFiles.SweepProblemsOf(SweptTwice, set)));

    [Theory]
    [InlineData("sweep.parameters.train.batch_size=[3]")]
    [InlineData("sweep.parameters.model.encoder=[[64, 32]]")]
    [InlineData("sweep.seeds=[3]")]
    public void WhatIsAdvisedInsteadIsAccepted(string set) => Assert.NotEmpty(ExperimentFiles.Plan(SweptTwice, set).Trials);

    [Theory]
    [InlineData("{a: {model: {type: ae}}, b: {}}", "- {text: A.}", "(5,10): a claim is a mapping with 'text', the claim in words, and 'check', what is measured for it, and nothing else.")]
    [InlineData("{a: {model: {type: ae}}, b: {}}", "3", "(5,9): 'claims' must be a list, each with 'text' and 'check': - {text: …, check: \"…\"}.")]
    [InlineData("null", "- {text: A., check: last(a.val.mse) < 1}", "(5,9): claims compare variants, but the file has none. Add a section 'variants'.")]
    public void AClaimNeedsATextACheckAndVariants(string variants, string claims, string expected) =>
        Assert.Contains("x.yaml" + expected, ExperimentFiles.SweepProblemsOf($"{Base}variants: {variants}\nclaims: {(claims == "3" ? "3" : $"[{claims[2..]}]")}\n"));

    [Theory]
    [InlineData("last(ae.val.msee) < last(vae.val.mse)", 8, "variant ae measures no val.msee. Did you mean 'mse'?")]
    [InlineData("last(ae.val.mse) < last(va.val.mse)", 25, "there is no variant 'va'.")]
    [InlineData("last(ae.val.mse) <", 19, "")]
    public void AMistakeInAClaimIsNamedAtItsPlaceWithinTheCheck(string check, int column, string expected)
    {
        column += expected.Contains("measures", StringComparison.Ordinal) ? "ae.val".Length - 1 : 0;
        string variants = $"{Base}variants: {{ae: {{model: {{type: ae}}}}, vae: {{}}}}\nclaims:\n- text: A.\n";
        Assert.StartsWith($"x.yaml(7,{10 + column - 1}): in the check of a claim: {expected}", Assert.Single(ExperimentFiles.SweepProblemsOf($"{variants}  check: {check}\n")), StringComparison.Ordinal);
        Assert.StartsWith($"x.yaml(7,{10 + column}): in the check of a claim: {expected}", Assert.Single(ExperimentFiles.SweepProblemsOf($"{variants}  check: \"{check}\"\n")), StringComparison.Ordinal);
    }

    [Fact]
    public void ClaimsBesideSweptParametersAreRefused() =>
        Assert.Contains("x.yaml(4,9): claims compare variants with one value each, but 'train.batch_size' is swept as well. Move the claims, or the swept parameters, to a file of their own.",
            ExperimentFiles.SweepProblemsOf($"{Base}claims: [{{text: A., check: last(a.val.mse) < last(b.val.mse)}}]\nvariants: {{a: {{model: {{type: ae}}}}, b: {{}}}}\nsweep: {{parameters: {{train.batch_size: [1, 2]}}}}\n"));

    [Theory]
    [InlineData("{parameters: {train.learning_rate: {range: [0, 1, 1e-320]}}}", "1 variant × more than 10^18 points × 1 seed are more than 10^18 trials")]
    [InlineData("{method: random, trials: 10000000, parameters: {train.learning_rate: {min: 0.1, max: 0.9}}}", "1 variant × 10,000,000 points × 1 seed are 10,000,000 trials")]
    [InlineData("{parameters: {train.epochs: {range: [1, 1000000, 1]}, train.batch_size: {range: [1, 65536, 1]}, model.latent_dim: {min: 1, max: 4096}}}", "are 268,435,456,000,000 trials")]
    [InlineData("{parameters: {train.learning_rate: {min: 0, max: 1, steps: 2000000000}}}", "2,000,000,000 trials")]
    public void TenMillionTrialsAreRefusedBeforeTheyAreMade(string sweep, string expected)
    {
        long started = Stopwatch.GetTimestamp();
        string problem = Assert.Single(ExperimentFiles.SweepProblemsOf($"{Base}sweep: {sweep}\n"));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 5);   // to make them would take minutes
    }

    [Fact]
    public void AnyDamageToASweepGivesProblemsOrAPlanButNoException()
    {
        string original = Base + """
            variants: {ae: {model: {type: ae}}, vae: {}}
            sweep:
              method: grid
              parameters:
                train.batch_size: {range: [16, 64, 16]}
                train.learning_rate: {min: 1e-4, max: 1e-1, distribution: log_uniform, steps: 4}
                model.encoder: [[8], [8, 4]]
              zip: [[train.batch_size, train.learning_rate]]
              exclude: [{variant: ae, train.batch_size: 32}]
              include: [{variant: vae, train.batch_size: 8}]
              baseline: {variant: vae, train.batch_size: 16, model.encoder: [8]}
              seeds: [1, 2]
            """;
        const string damage = "{}[]:,-?*&!|>'\"%@`#\t\n \0é~<0";
        using var files = new ExperimentFiles().Add("x.yaml", original);
        Assert.Empty(ExperimentReader.Read(files.Path("x.yaml"), []).Problems);
        for (int i = 0; i < 400; i++)
        {
            int at = i * 7919 % original.Length, length = i * 31 % 5;
            files.Add("x.yaml", original[..at] + damage[i % damage.Length] + original[Math.Min(original.Length, at + length)..]);
            ExperimentFile result = ExperimentReader.Read(files.Path("x.yaml"), []);
            Assert.Equal(result.Plan is null, result.Problems.Count > 0);
        }
    }

    /// <summary>There is one problem, at the place that is marked with ¦.</summary>
    static void AssertProblem(string marked, string expected)
    {
        string[] before = (Base + marked)[..(Base + marked).IndexOf('¦', StringComparison.Ordinal)].Split('\n');
        string problem = Assert.Single(ExperimentFiles.SweepProblemsOf(Base + marked.Replace("¦", "", StringComparison.Ordinal)));
        Assert.StartsWith($"x.yaml({before.Length},{before[^1].Length + 1}): {expected}", problem, StringComparison.Ordinal);
    }

    static IEnumerable<int> Lines(string[] problems) => problems.Select(problem => int.Parse(problem.Split('(', ',')[1], System.Globalization.CultureInfo.InvariantCulture));
}
