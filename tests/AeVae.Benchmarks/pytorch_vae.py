"""The VAE of experiments/pytorch-example.yaml in PyTorch, as fast as plain PyTorch goes; writes one line of JSON per epoch.

All images are one float tensor in memory and a batch is gathered by index: no DataLoader, no copy of the data set, no transform. The loss of a step is read
with item(), which costs nothing on a CPU, where no step is still running when it returns. Threads are chosen outside, by OMP_NUM_THREADS and OPENBLAS_NUM_THREADS.
"""
import argparse
import gzip
import json
import platform
import struct
import sys
import time
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

PIXELS, HIDDEN, LATENT = 784, 400, 20


class Vae(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(PIXELS, HIDDEN)
        self.mean = nn.Linear(HIDDEN, LATENT)
        self.log_variance = nn.Linear(HIDDEN, LATENT)
        self.decoder = nn.Linear(LATENT, HIDDEN)
        self.output = nn.Linear(HIDDEN, PIXELS)

    def loss(self, x):
        """Minus the evidence lower bound in nats per image (Kingma and Welling 2014)."""
        hidden = F.relu(self.encoder(x))
        mean, log_variance = self.mean(hidden), self.log_variance(hidden)
        z = mean + torch.randn_like(mean) * torch.exp(0.5 * log_variance)
        logits = self.output(F.relu(self.decoder(z)))
        cross_entropy = F.binary_cross_entropy_with_logits(logits, x, reduction="sum")
        kl = -0.5 * torch.sum(1 + log_variance - mean.square() - log_variance.exp())
        return (cross_entropy + kl) / len(x)


def train_epoch(model, optimizer, images, batch):
    """Returns the mean loss per image."""
    total = 0.0
    for indices in torch.randperm(len(images)).split(batch):
        optimizer.zero_grad(set_to_none=True)
        loss = model.loss(images.index_select(0, indices))
        loss.backward()
        optimizer.step()
        total += loss.item() * len(indices)
    return total / len(images)


def read_images(folder, name):
    """An IDX file, plain or with .gz, as floats in [0, 1], (images × pixels)."""
    plain = folder / name
    with open(plain, "rb") if plain.exists() else gzip.open(folder / f"{name}.gz") as file:
        _magic, count, _height, _width = struct.unpack(">4i", file.read(16))
        pixels = torch.empty(count, PIXELS, dtype=torch.uint8)
        file.readinto(pixels.numpy())
    return pixels.float().div_(255)


def blas():
    """File name of the matrix library that this process has loaded, with its version; None when PyTorch brought its own."""
    paths = {line.split()[-1] for line in Path("/proc/self/maps").read_text().splitlines() if "blas" in line}
    if any("/blas/libblas" in path for path in paths):     # Debian's alternatives still point to Netlib's
        sys.exit("PyTorch multiplies with the reference BLAS, which is slow: no race. Install OpenBLAS: apt install libopenblas0-pthread")
    return max((Path(path).name for path in paths), default=None)     # libopenblas… rather than libblas, its alias


def main():
    parser = argparse.ArgumentParser(description=__doc__.split(";")[0])
    parser.add_argument("folder", type=Path, help="folder of MNIST's IDX files")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    library = blas()
    train, test = (read_images(options.folder, f"{split}-images-idx3-ubyte") for split in ("train", "t10k"))
    torch.manual_seed(options.seed)
    model = Vae()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    print(json.dumps({"event": "start", "pytorch": torch.__version__, "python": platform.python_version(), "blas": library}), flush=True)
    for epoch in range(1, options.epochs + 1):
        started = time.perf_counter()
        loss = train_epoch(model, optimizer, train, options.batch)
        print(json.dumps({"event": "epoch", "epoch": epoch, "seconds": time.perf_counter() - started, "train.loss": loss}), flush=True)
    with torch.no_grad():
        total = sum(model.loss(x).item() * len(x) for x in test.split(1000))
    print(json.dumps({"event": "result", "test.loss": total / len(test)}))


if __name__ == "__main__":
    main()
