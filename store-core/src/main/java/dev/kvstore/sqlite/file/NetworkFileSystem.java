package dev.kvstore.sqlite.file;

import java.util.Set;

/**
 * Which file systems are not of this machine alone, by the type that {@code FileStore} tells: on Linux the one of the
 * mount table. What is shared with another machine, or with a hypervisor, has neither locks nor shared memory between
 * the two.
 */
final class NetworkFileSystem {

    private static final Set<String> TYPES = Set.of(
            "nfs",
            "nfs3",
            "nfs4",
            "cifs",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "smbnetfs",
            "afs",
            "afpfs",
            "ncpfs",
            "coda",
            "webdav",
            "davfs",
            "davfs2",
            "sshfs",
            "ceph",
            "glusterfs",
            "lustre",
            "beegfs",
            "gpfs",
            "pvfs2",
            "ocfs2",
            "gfs2",
            // What hypervisors share with their guests.
            "9p",
            "virtiofs",
            "vboxsf",
            "vmhgfs",
            "prl_fs",
            "grpcfuse",
            "osxfs",
            "macfuse",
            "osxfuse");

    /** A program of this machine or another; what it does with locks, and with memory that is mapped, is unknown. */
    private static final String FUSE = "fuse.";

    /** The file system of containers that run without root. It lies on a disk of this machine. */
    private static final String ROOTLESS_OVERLAY = "fuse.fuse-overlayfs";

    private NetworkFileSystem() {}

    static boolean is(String type) {
        return TYPES.contains(type) || (type.startsWith(FUSE) && !type.equals(ROOTLESS_OVERLAY));
    }
}
