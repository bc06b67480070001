c = get_config()  # noqa: F821
c.IPKernelApp.log_level = "ERROR"  # the kernel's remark about unencrypted TCP would end up in the outputs
c.HistoryManager.enabled = False
